#if PostgreSQL
  import CPostgreSQL
  import Foundation
  import Shared

  /// A connection to PostgreSQL by libpq.
  final class PostgreSQLConnection: SQLConnection {
    private let connection: OpaquePointer
    /// The name of each prepared statement on the server.
    private var names: [String: String] = [:]

    /// - Throws: `SQLFailure` where the server cannot be reached, or does not let us in.
    init(_ location: DatabaseLocation, patience: Duration) throws {
      var options = [
        ("dbname", location.url), ("client_encoding", "UTF8"), ("application_name", "order-server"),
        // Seconds until a connection must be made, and milliseconds after which a peer that acknowledges nothing counts as lost.
        ("connect_timeout", "5"), ("tcp_user_timeout", "10000"),
      ]
      if let password = location.password { options.append(("password", String(decoding: password.bytes, as: UTF8.self))) }
      let made = withCStrings(options.map(\.0) + [nil]) { keywords in
        withCStrings(options.map(\.1) + [nil]) { values in
          // The URL takes the place of a database's name. Options that follow it win over what it says.
          PQconnectdbParams(keywords, values, 1)
        }
      }
      guard let made else { throw SQLFailure(.other, "there is no memory for a connection") }
      connection = made
      guard PQstatus(made) == CONNECTION_OK else {
        defer { PQfinish(made) }
        throw SQLFailure(.lost, String(cString: PQerrorMessage(made)))
      }
      // Notices, such as "there is no transaction in progress", are of no interest.
      PQsetNoticeReceiver(made, { _, _ in }, nil)
      do {
        // Every statement here is made for an index. A plan that was kept from when a table was empty must not scan it when it is large.
        // A plan that this setting discourages counts as expensive, and expensive plans are compiled, which takes a tenth of a second for
        // adding up 64 rows. So compiling is off, too.
        try run("SET enable_seqscan = off; SET jit = off; SET TIME ZONE 'UTC'; SET default_transaction_isolation = 'read committed'")
        try run("SET idle_in_transaction_session_timeout = \(patience.nanoseconds / 1_000_000)")
      } catch {
        PQfinish(made)
        throw error
      }
    }

    func close() { PQfinish(connection) }

    func run(_ statement: String) throws {
      _ = try result(of: PQexec(connection, statement))
    }

    func execute(_ statement: String, _ parameters: [SQLValue]) throws -> SQLResult {
      let name = try names[statement] ?? prepare(statement)
      return try withCStrings(parameters.map(\.postgreSQLText)) { values in
        try result(of: PQexecPrepared(connection, name, Int32(parameters.count), values, nil, nil, 0))
      }
    }

    private func prepare(_ statement: String) throws -> String {
      let name = "s\(names.count)"
      var text = ""
      var place = 0
      for character in statement {
        if character == "?" {
          place += 1
          text += "$\(place)"
        } else {
          text.append(character)
        }
      }
      _ = try result(of: PQprepare(connection, name, text, Int32(place), nil))
      names[statement] = name
      return name
    }

    private func result(of answer: OpaquePointer?) throws -> SQLResult {
      defer { PQclear(answer) }
      switch PQresultStatus(answer) {
      case PGRES_COMMAND_OK:
        return SQLResult(changed: Int(String(cString: PQcmdTuples(answer))) ?? 0)
      case PGRES_TUPLES_OK:
        let columns = PQnfields(answer)
        let rows = (0..<PQntuples(answer)).map { row in
          SQLRow(
            columns: (0..<columns).map { column in
              PQgetisnull(answer, row, column) == 1 ? nil : String(cString: PQgetvalue(answer, row, column))
            })
        }
        return SQLResult(rows: rows, changed: rows.count)
      default:
        throw failure(answer)
      }
    }

    private func failure(_ answer: OpaquePointer?) -> SQLFailure {
      let message = PQresultErrorField(answer, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
      let state = PQresultErrorField(answer, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
      let reason = message ?? String(cString: PQerrorMessage(connection))
      // Class 57P: the server is shutting down or starting up, or was told to end this session. 25P03: this client stood still too long.
      if PQstatus(connection) != CONNECTION_OK || state.hasPrefix("57P") || state == "25P03" { return SQLFailure(.lost, reason) }
      // A serialization failure, and a deadlock.
      if state == "40001" || state == "40P01" { return SQLFailure(.conflict, reason) }
      return SQLFailure(.other, reason)
    }
  }

  extension SQLValue {
    /// The text that the server reads; `nil` is NULL.
    fileprivate var postgreSQLText: String? {
      switch self {
      case .null: nil
      case .integer(let number): String(number)
      case .real(let number): "\(number)"
      case .text(let text): text
      case .integers(let numbers): "{\(numbers.map(String.init).joined(separator: ","))}"
      case .ids(let ids): "{\(ids.map { "\"\($0)\"" }.joined(separator: ","))}"
      }
    }
  }

  /// Lends the texts as C strings, which are freed afterwards.
  private func withCStrings<Value>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Value
  ) rethrows -> Value {
    let copies = texts.map { $0.flatMap { strdup($0) } }
    defer { for copy in copies { free(copy) } }
    return try copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { try body($0.baseAddress) }
  }
#endif
