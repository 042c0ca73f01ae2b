import Shared

/// A known order system whose shape the server can take: its API's format, how callers authenticate, and how orders are processed where no
/// flag says otherwise.
struct Profile: Sendable {
  /// How callers prove who they are.
  enum Authentication: Sendable, Hashable {
    case none
    /// A name and a password with every request but `GET /ping` (and `HEAD`).
    case basic
    /// Accounts that register and log in; each sees only its own orders.
    case bearer
  }

  var name: String
  /// What a client must know to use the API.
  var dialect: Dialect
  var authentication = Authentication.none
  var plan: ProcessingPlan
  var format: APIFormat
  /// The id of the k-th sample order, counting from 1.
  var sampleID: @Sendable (Int, Timestamp) -> OrderID = { _, now in .unique(at: now) }
}

extension Profile: Equatable {
  /// No two profiles have the same name.
  static func == (left: Profile, right: Profile) -> Bool { left.name == right.name }
}

extension Profile {
  /// In the order of `--help`; the default is the first.
  static let all: [Profile] = [.standard, .basicAuth, .parallel, .sequential, .marketplace, .fcfs]

  /// - Throws: `UnitError` where there is no profile of this name.
  init(named name: String) throws {
    guard let profile = Self.all.first(where: { $0.name == name }) else {
      let names = Self.all.map(\.name)
      let guess = Spelling.nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw UnitError(expected: "a profile", found: name, remedy: "there is \(names.joined(separator: ", "))\(guess)")
    }
    self = profile
  }
}
