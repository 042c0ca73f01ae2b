import Foundation
import Shared

/// A kind of database server.
enum DatabaseKind: String, Sendable, CaseIterable, CustomStringConvertible {
  case postgreSQL = "PostgreSQL"
  case mySQL = "MySQL"

  /// The name of the package trait that builds it in.
  var description: String { rawValue }

  /// The schemes of its URLs; the first is the one that examples show.
  var schemes: [String] {
    switch self {
    case .postgreSQL: ["postgresql", "postgres"]
    case .mySQL: ["mysql", "mariadb"]
    }
  }

  /// - Parameter text: a URL.
  /// - Returns: `nil` where its scheme is not one of a database.
  init?(scheme text: String) {
    guard let kind = Self.allCases.first(where: { kind in kind.schemes.contains { text.hasPrefix("\($0)://") } }) else { return nil }
    self = kind
  }

  /// The kinds that this program was built with.
  static let builtIn: Set<DatabaseKind> = {
    var kinds: Set<DatabaseKind> = []
    #if PostgreSQL
      kinds.insert(.postgreSQL)
    #endif
    #if MySQL
      kinds.insert(.mySQL)
    #endif
    return kinds
  }()
}

/// Which database orders are kept in, and how to log in to it.
struct DatabaseLocation: Sendable {
  let kind: DatabaseKind
  let host: String?
  /// 0: the usual port.
  let port: UInt32
  let user: String?
  let database: String
  /// The query parameters of the URL.
  let options: [String: String]
  /// The whole URL, without the password.
  let url: String
  var password: Secret?

  /// Reads `postgresql://user@host:5432/shop` or `mysql://user@host/shop?socket=/run/mysqld/mysqld.sock`.
  /// - Throws: `UnitError`, which does not show a password.
  init(_ kind: DatabaseKind, text: String) throws {
    func refuse(_ found: String, _ remedy: String) -> UnitError { UnitError(expected: "a store", found: found, remedy: remedy) }
    let example = "\(kind.schemes[0])://user@host/orders"
    guard var parts = URLComponents(string: text) else { throw refuse("a URL that cannot be read", "write \(example)") }
    password = parts.password.map { Secret($0.utf8) }
    parts.password = nil
    guard let url = parts.string else { throw refuse("a URL that cannot be read", "write \(example)") }
    let database = String(parts.path.drop(while: { $0 == "/" }))
    guard !database.isEmpty, !database.contains("/") else { throw refuse(url, "name the database, as in \(example)") }
    let pairs = (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }
    let options = Dictionary(pairs, uniquingKeysWith: { $1 })
    if kind == .mySQL, let odd = options.keys.sorted().first(where: { !["socket", "ssl-ca"].contains($0) }) {
      throw refuse(url, "'\(odd)' is no option of it; socket and ssl-ca are")
    }
    if options["password"] != nil { throw refuse("a password among the options", "write it before the @, or give it apart") }
    self.kind = kind
    host = parts.host.flatMap { $0.isEmpty ? nil : $0 }
    port = UInt32(clamping: parts.port ?? 0)
    user = parts.user
    self.database = database
    self.options = options
    self.url = url
  }

  /// Makes a connection; blocks until it is made.
  /// - Parameter patience: how long the server waits in the middle of a transaction for a client that stands still, before it rolls the
  ///   transaction back and lets others go on. MySQL, unlike MariaDB, waits for as long as the connection lasts.
  /// - Throws: `SQLFailure`.
  func connect(patience: Duration = .seconds(5)) throws -> any SQLConnection {
    switch kind {
    case .postgreSQL:
      #if PostgreSQL
        return try PostgreSQLConnection(self, patience: patience)
      #else
        break
      #endif
    case .mySQL:
      #if MySQL
        return try MySQLConnection(self, patience: patience)
      #else
        break
      #endif
    }
    #if !PostgreSQL || !MySQL
      throw SQLFailure(.other, "this program was built without \(kind)")
    #endif
  }
}

extension DatabaseLocation: Hashable {
  static func == (left: DatabaseLocation, right: DatabaseLocation) -> Bool { left.url == right.url }
  func hash(into hasher: inout Hasher) { hasher.combine(url) }
}
