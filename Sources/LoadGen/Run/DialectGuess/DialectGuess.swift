import Shared

/// What was guessed of an API: a dialect, and for its keys what they were taken from, or that somebody has to fill them in.
struct DialectGuess: Sendable {
  /// Of one key of the file, as `create.body`.
  struct Remark: Sendable, Equatable {
    var key: String
    var words: String
    /// Whether the key is to be filled in, or looked at, by hand.
    var isOpen: Bool
  }

  /// What stands before whatever is to be filled in.
  static let mark = "TODO"

  var dialect: Dialect
  /// What stands at the top of the file, one line each.
  var heading: [String] = []
  private(set) var remarks: [Remark] = []

  var openKeys: [String] { remarks.filter(\.isOpen).map(\.key) }

  /// Notes what a key was taken from.
  mutating func because(_ key: String, _ words: String) { remarks.append(Remark(key: key, words: Legible.line(words), isOpen: false)) }

  /// Notes that a key is not known.
  mutating func open(_ key: String, _ words: String) { remarks.append(Remark(key: key, words: Legible.line(words), isOpen: true)) }

  /// Forgets what was noted of a key, and of those below it.
  mutating func forget(_ key: String) {
    remarks.removeAll { $0.key.hasSameBytes(as: key) || $0.key.utf8.starts(with: "\(key).".utf8) }
  }

  /// Each remark as a comment has it, by key.
  var comments: [ByteText: [String]] {
    var comments: [ByteText: [String]] = [:]
    for remark in remarks {
      comments[ByteText(remark.key), default: []].append(remark.isOpen ? "\(Self.mark) \(remark.key): \(remark.words)" : remark.words)
    }
    return comments
  }

  /// Where nothing is known: what most APIs are like.
  static let start = DialectGuess(
    dialect: Dialect(
      name: "my-shop", summary: "", readyPath: "/ping",
      create: Dialect.Create(
        Dialect.Request("POST", "/orders", body: "{}"), acceptedCodes: [200, 201, 202], id: Dialect.IDSource(.body("id"))),
      status: Dialect.Status(.order(Dialect.Request("GET", "/orders/{id}"), field: "status"), words: StatusWords(StatusSynonyms.common))))
}
