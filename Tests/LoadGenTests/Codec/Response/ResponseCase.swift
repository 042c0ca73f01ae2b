/// The first response of a connection of which two readers think differently.
struct ResponseCase {
  enum Outcome: Equatable, CustomStringConvertible {
    case accepted(Transcript.Response)
    case ended
    case refused(String)

    var description: String {
      switch self {
      case .accepted(let response):
        "accepts \(response.status), \(response.keepsAlive ? "keeps alive" : "closes"), \(response.body.count) bytes"
      case .ended: "sees no further response"
      case .refused(let why): "refuses: \(why)"
      }
    }
  }

  let ours: Outcome
  let theirs: Outcome
  /// All bytes from the response's beginning on, one character for each byte.
  let text: String
  /// The bytes of the response before it, which both read alike.
  let before: String
  /// The lines of its heads, those of interim responses included, each as its first line and its headers.
  let heads: [[String]]

  /// Nil where the readers agree. Where both refuse, they may do so for different reasons.
  init?(_ bytes: [UInt8], ours: Transcript, theirs: Transcript) {
    var index = 0
    while index < ours.responses.count, index < theirs.responses.count, ours.responses[index] == theirs.responses[index] { index += 1 }
    self.ours = Self.outcome(of: ours, at: index)
    self.theirs = Self.outcome(of: theirs, at: index)
    switch (self.ours, self.theirs) {
    case (.refused, .refused): return nil
    case let (ours, theirs) where ours == theirs: return nil
    default: break
    }
    text = Self.text(bytes[ours.starts[index]...])
    before = index == 0 ? "" : Self.text(bytes[ours.starts[index - 1]..<ours.starts[index]])
    heads = Self.heads(text)
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) }

  private static func outcome(of transcript: Transcript, at index: Int) -> Outcome {
    if index < transcript.responses.count { return .accepted(transcript.responses[index]) }
    if case .failed(let why) = transcript.ending { return .refused(why) }
    return .ended
  }

  /// Splits at line ends as they stand, good or bad, up to the end of the first head that is not interim.
  private static func heads(_ text: String) -> [[String]] {
    var heads: [[String]] = [[]]
    for line in lines(text) {
      if !line.isEmpty {
        heads[heads.count - 1].append(line)
      } else if heads.last?.first?.has(/^HTTP\/1\.[01] 1\d\d/) == true {
        heads.append([])
      } else if heads.last?.isEmpty == false {
        break
      }
    }
    return heads
  }

  /// All its lines, those within the body's bytes included.
  var lines: [String] { Self.lines(text) }

  private static func lines(_ text: String) -> [String] {
    // By scalars: as characters, a carriage return and a line feed are one.
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(String.UnicodeScalarView(line.last == "\r" ? line.dropLast() : line))
    }
  }

  /// The raw values, with the white space around them, of all headers of a name.
  func values(_ name: String) -> [String] {
    heads.joined().filter { $0.lowercased().hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
  }

  /// Both read the same response, but we close the connection after it.
  var isClosedByUsOnly: Bool {
    guard case (.accepted(let ours), .accepted(var theirs)) = (ours, theirs), theirs.keepsAlive else { return false }
    theirs.keepsAlive = false
    return ours == theirs
  }

  var isClosedByUs: Bool { if case .accepted(let ours) = ours { !ours.keepsAlive } else { false } }

  var isClosedByThem: Bool { if case .accepted(let theirs) = theirs { !theirs.keepsAlive } else { false } }

  var isRefusedByUs: Bool { if case .refused = ours { true } else { false } }

  var isRefusedByThem: Bool { if case .refused = theirs { true } else { false } }

  func isRefusedByUs(for kind: String) -> Bool { ours == .refused(kind) }

  func isRefusedByThem(for reasons: String...) -> Bool {
    if case .refused(let why) = theirs { reasons.contains { why.contains($0) } } else { false }
  }
}
