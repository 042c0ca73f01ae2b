import Shared

/// A known order system whose shape the server can take: its API's format, how it knows its callers, and how it processes orders where no flag
/// says otherwise.
struct Profile: Sendable {
  /// How callers are known.
  enum Authentication: Sendable, Hashable {
    case none
    /// A name and a password with every request but `GET /ping`.
    case basic
    /// Accounts that register and log in; each sees its own orders alone.
    case bearer
  }

  var name: String
  /// What a client must know to drive it.
  var dialect: Dialect
  var authentication = Authentication.none
  var plan: ProcessingPlan
  var format: APIFormat
  /// What the k-th sample order is called, counting from 1.
  var sampleID: @Sendable (Int, Timestamp) -> OrderID = { _, now in .unique(at: now) }
}

extension Profile: Equatable {
  /// There is one of each name.
  static func == (left: Profile, right: Profile) -> Bool { left.name == right.name }
}

extension Profile {
  static let all: [Profile] = [.standard, .basicAuth, .parallel, .sequential, .marketplace, .fcfs]

  /// - Throws: `UnitError` where there is none of this name.
  init(named name: String) throws {
    guard let profile = Self.all.first(where: { $0.name == name }) else {
      let names = Self.all.map(\.name)
      let guess = Spelling.nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw UnitError(expected: "a profile", found: name, remedy: "there is \(names.joined(separator: ", "))\(guess)")
    }
    self = profile
  }
}
