import Shared

/// Where orders and accounts are kept.
enum StoreLocation: Sendable, Hashable, CustomStringConvertible {
  case memory
  case sqlite(SQLiteLocation)
  case database(DatabaseLocation)

  /// Reads `memory`, `sqlite:orders.db`, `sqlite:orders.db?synchronous=normal`, `postgresql://user@host/orders`, or
  /// `mysql://user@host/orders`.
  /// - Parameter builtIn: the databases that this program was built with.
  /// - Throws: `UnitError`, which shows no password.
  init(text: String, builtIn: Set<DatabaseKind> = DatabaseKind.builtIn) throws {
    if let kind = DatabaseKind(scheme: text) {
      let location = try DatabaseLocation(kind, text: text)
      guard builtIn.contains(kind) else {
        throw UnitError(
          expected: "a store that this order-server was built with", found: location.url,
          remedy: "build it again: swift build -c release --product order-server --traits \(kind)")
      }
      self = .database(location)
      return
    }
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a store", found: text, remedy: remedy)
    }
    if text == "memory" {
      self = .memory
      return
    }
    guard text.hasPrefix("sqlite:") else { throw refuse("write sqlite:orders.db, memory, postgresql://… or mysql://…") }
    let parts = text.dropFirst("sqlite:".count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, !path.isEmpty, path != ":memory:" else {
      throw refuse("name a file, as in sqlite:orders.db, or write memory")
    }
    var location = SQLiteLocation(path: String(path))
    for option in parts.dropFirst().flatMap({ $0.split(separator: "&") }) {
      let pair = option.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0] == "synchronous" else { throw refuse("'\(option)' is no option of it; synchronous=full is") }
      guard let synchronous = SQLiteLocation.Synchronous(rawValue: String(pair[1])) else {
        throw refuse("synchronous is one of \(SQLiteLocation.Synchronous.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      location.synchronous = synchronous
    }
    self = .sqlite(location)
  }

  /// The name in errors: the file's path, or the database's URL without its password.
  var place: String {
    switch self {
    case .memory: "memory"
    case .sqlite(let location): location.path
    case .database(let location): location.url
    }
  }

  /// Where a secret that the program makes for itself is kept.
  var secretPlace: SecretPlace {
    switch self {
    case .memory: .memory
    case .sqlite(let location): .beside(path: location.path)
    case .database: .shared
    }
  }

  var description: String {
    switch self {
    case .memory: "memory"
    case .database(let location): location.url
    case .sqlite(let location):
      "sqlite:\(location.path)" + (location.synchronous == .full ? "" : "?synchronous=\(location.synchronous.rawValue)")
    }
  }
}

/// Which file orders are kept in, and how.
struct SQLiteLocation: Sendable, Hashable {
  var path: String
  var synchronous: Synchronous = .full

  /// When a commit counts as done.
  enum Synchronous: String, Sendable, CaseIterable {
    /// When the log has been synced: the commit survives a power cut.
    case full
    /// The log is synced only now and then: a power cut may lose the latest orders, the end of the program loses none.
    case normal
    /// Nothing is ever synced: a power cut may damage the file.
    case off
  }
}
