import Shared

/// A guess as a dialect file. Whatever a target says of itself, the file is read again without an error: what would break it is left out, and the
/// file says so.
package struct GuessedFile: Sendable {
  package private(set) var text: String
  /// The keys that are to be filled in by hand.
  package private(set) var openKeys: [String]

  /// - Parameter guess: its dialect need not be one that a file can say.
  init(_ guess: DialectGuess) {
    var guess = guess
    for _ in 0..<Self.parts.count + 1 {
      text = Self.text(guess)
      openKeys = guess.openKeys
      guard let fault = Self.fault(text, of: guess) else { return }
      guard
        let part = Self.parts.first(where: { fault.key.utf8.starts(with: $0.key.utf8) && $0.isThere(guess.dialect) })
          ?? Self.parts.first(where: { $0.isThere(guess.dialect) })
      else { break }
      part.remove(&guess.dialect)
      guess.forget(part.key)
      guess.open(part.key, "what was understood cannot be written: \(fault.words)")
    }
    var skeleton = DialectGuess.start
    skeleton.heading = ["A skeleton: what the target says of itself cannot be written into a file."]
    skeleton.open("create.body", "write one as the API takes it")
    text = Self.text(skeleton)
    openKeys = skeleton.openKeys
  }

  /// Guesses what a target's own words mean.
  init(_ evidence: TargetEvidence) { self.init(DialectGuesser.guess(evidence)) }

  private static func text(_ guess: DialectGuess) -> String {
    let open = guess.openKeys.isEmpty ? [] : ["Fill in what has \(DialectGuess.mark) before it. No order was sent for this:"]
    let heading =
      guess.heading + (open.isEmpty ? ["No order was sent for this: hold it against the API by one."] : open)
      + ["  loadgen dialects check my-shop.yaml --target http://127.0.0.1:8000"]
    return DialectWriter.text(guess.dialect, heading: heading, remarks: guess.comments)
  }

  /// Why a text is not read again as the guess, and the key that it is about; `nil` where it is.
  private static func fault(_ text: String, of guess: DialectGuess) -> (key: String, words: String)? {
    guard text.utf8.count <= DialectFile.largest else { return ("", "it is too long") }
    do throws(ConfigurationError) {
      _ = try DialectFile.read(text, path: "guess.yaml")
      return nil
    } catch {
      let parts = "\(error)".parts(between: ":").dropFirst(2)
      let key = parts.first.map { String($0.drop { $0 == " " }) } ?? ""
      return (key, Legible.line(parts.dropFirst().joined(separator: ":"), limit: 120))
    }
  }

  /// What can be left out, or be replaced by what is most common.
  private struct Part: Sendable {
    var key: String
    var isThere: @Sendable (Dialect) -> Bool
    var remove: @Sendable (inout Dialect) -> Void
  }

  private static let parts: [Part] = [
    Part(key: "order_metrics", isThere: { $0.orderMetrics != nil }, remove: { $0.orderMetrics = nil }),
    Part(key: "order", isThere: { $0.order != nil }, remove: { $0.order = nil }),
    Part(key: "metrics", isThere: { $0.metrics != nil }, remove: { $0.metrics = nil }),
    Part(key: "list", isThere: { $0.list != nil }, remove: { $0.list = nil }),
    Part(key: "cancel", isThere: { $0.cancel != nil }, remove: { $0.cancel = nil }),
    Part(key: "authentication", isThere: { $0.authentication != .none }, remove: { $0.authentication = .none }),
    Part(key: "summary", isThere: { !$0.summary.isEmpty }, remove: { $0.summary = "" }),
    Part(key: "ready", isThere: { $0.readyPath != "/ping" }, remove: { $0.readyPath = "/ping" }),
    Part(
      key: "create", isThere: { $0.create != DialectGuess.start.dialect.create }, remove: { $0.create = DialectGuess.start.dialect.create }),
    Part(
      key: "status", isThere: { $0.status != DialectGuess.start.dialect.status }, remove: { $0.status = DialectGuess.start.dialect.status }),
  ]
}
