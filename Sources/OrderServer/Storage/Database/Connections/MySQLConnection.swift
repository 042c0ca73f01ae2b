#if MySQL
  import CMySQL
  import Foundation

  /// A connection to MariaDB or MySQL by libmariadb.
  final class MySQLConnection: SQLConnection {
    private let connection: UnsafeMutablePointer<MYSQL>
    private var prepared: [String: UnsafeMutablePointer<MYSQL_STMT>] = [:]

    /// Whether the library could be set up, which must happen before any thread uses it. The signal is ignored because the library writes
    /// to sockets that the peer may have closed.
    private static let library: Bool = {
      signal(SIGPIPE, SIG_IGN)
      return mysql_server_init(0, nil, nil) == 0
    }()

    /// - Throws: `SQLFailure` where the server cannot be reached, or does not let us in.
    init(_ location: DatabaseLocation, patience: Duration) throws {
      guard Self.library, let made = mysql_init(nil) else { throw SQLFailure(.other, "there is no memory for a connection") }
      connection = made
      do {
        try connect(to: location)
        // Only MariaDB has this setting.
        try? run("SET SESSION idle_transaction_timeout = \(max(1, patience.components.seconds))")
      } catch {
        mysql_close(made)
        throw error
      }
    }

    private func connect(to location: DatabaseLocation) throws {
      // In seconds. A peer that stays silent for longer than the second or third of these counts as lost.
      for (option, seconds) in [(MYSQL_OPT_CONNECT_TIMEOUT, 5), (MYSQL_OPT_READ_TIMEOUT, 30), (MYSQL_OPT_WRITE_TIMEOUT, 30)] {
        var seconds = UInt32(seconds)
        mysql_options(connection, option, &seconds)
      }
      mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4")
      if let authority = location.options["ssl-ca"] {
        var yes = my_bool(1)
        mysql_options(connection, MYSQL_OPT_SSL_CA, authority)
        mysql_options(connection, MYSQL_OPT_SSL_ENFORCE, &yes)
        mysql_options(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes)
      }
      let password = location.password.map { String(decoding: $0.bytes, as: UTF8.self) }
      guard
        mysql_real_connect(
          connection, location.host, location.user, password, location.database, location.port, location.options["socket"], 0) != nil
      else { throw SQLFailure(.lost, String(cString: mysql_error(connection))) }
      try run("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00', innodb_lock_wait_timeout = 10")
      try run("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
    }

    func close() {
      for statement in prepared.values { mysql_stmt_close(statement) }
      mysql_close(connection)
    }

    func run(_ statement: String) throws {
      guard mysql_query(connection, statement) == 0 else {
        throw SQLFailure(number: mysql_errno(connection), reason: String(cString: mysql_error(connection)))
      }
      if let result = mysql_store_result(connection) { mysql_free_result(result) }
    }

    func execute(_ statement: String, _ parameters: [SQLValue]) throws -> SQLResult {
      let ready = try prepared[statement] ?? prepare(statement)
      var bindings = MySQLBindings()
      for parameter in parameters { bindings.add(parameter) }
      defer { bindings.free() }
      guard bindings.values.isEmpty || mysql_stmt_bind_param(ready, &bindings.values) == 0, mysql_stmt_execute(ready) == 0 else {
        throw failure(of: ready)
      }
      defer { mysql_stmt_free_result(ready) }
      return SQLResult(
        rows: try rows(of: ready), changed: Int(truncatingIfNeeded: mysql_stmt_affected_rows(ready)),
        insertedID: Int64(clamping: mysql_stmt_insert_id(ready)))
    }

    private func prepare(_ statement: String) throws -> UnsafeMutablePointer<MYSQL_STMT> {
      guard let made = mysql_stmt_init(connection) else { throw SQLFailure(.other, "there is no memory for a statement") }
      var yes = my_bool(1)
      // Makes the longest value of each column known once the rows have come, so that room can be made for it.
      mysql_stmt_attr_set(made, STMT_ATTR_UPDATE_MAX_LENGTH, &yes)
      guard mysql_stmt_prepare(made, statement, UInt(statement.utf8.count)) == 0 else {
        defer { mysql_stmt_close(made) }
        throw failure(of: made)
      }
      prepared[statement] = made
      return made
    }

    private func rows(of statement: UnsafeMutablePointer<MYSQL_STMT>) throws -> [SQLRow] {
      guard let shape = mysql_stmt_result_metadata(statement) else { return [] }
      defer { mysql_free_result(shape) }
      guard mysql_stmt_store_result(statement) == 0 else { throw failure(of: statement) }
      var bindings = MySQLBindings()
      defer { bindings.free() }
      for column in 0..<mysql_num_fields(shape) {
        let field = mysql_fetch_field_direct(shape, column).pointee
        bindings.addRoom(for: field.type, length: Int(field.max_length))
      }
      guard mysql_stmt_bind_result(statement, &bindings.values) == 0 else { throw failure(of: statement) }
      var rows: [SQLRow] = []
      while true {
        switch mysql_stmt_fetch(statement) {
        case 0: rows.append(bindings.row)
        case MYSQL_NO_DATA: return rows
        default: throw failure(of: statement)
        }
      }
    }

    private func failure(of statement: UnsafeMutablePointer<MYSQL_STMT>) -> SQLFailure {
      SQLFailure(number: mysql_stmt_errno(statement), reason: String(cString: mysql_stmt_error(statement)))
    }
  }

  extension SQLFailure {
    fileprivate init(number: UInt32, reason: String) {
      let kind: Kind =
        switch number {
        // Server gone, connection lost, nobody there; server shutting down; connection ended by the server.
        case 2002...2013, 2055, 1053, 1152, 1927: .lost
        // A lock that was waited for too long, and a deadlock.
        case 1205, 1213: .conflict
        default: .other
        }
      self.init(kind, reason)
    }
  }

  /// Parameters, or the room for a row's columns, in the form that the library takes. Its memory must be freed by `free()`.
  private struct MySQLBindings {
    var values: [MYSQL_BIND] = []
    private var memory: [UnsafeMutableRawPointer] = []

    mutating func add(_ parameter: SQLValue) {
      switch parameter {
      case .null:
        var value = MYSQL_BIND()
        value.buffer_type = MYSQL_TYPE_NULL
        values.append(value)
      case .integer(let number): add(MYSQL_TYPE_LONGLONG, withUnsafeBytes(of: number, Array.init))
      case .real(let number): add(MYSQL_TYPE_DOUBLE, withUnsafeBytes(of: number, Array.init))
      case .text(let text): add(MYSQL_TYPE_STRING, Array(text.utf8))
      case .integers(let numbers): add(MYSQL_TYPE_STRING, Array("[\(numbers.map(String.init).joined(separator: ","))]".utf8))
      case .ids(let ids): add(MYSQL_TYPE_STRING, Array("[\(ids.map { "\"\($0)\"" }.joined(separator: ","))]".utf8))
      }
    }

    private mutating func add(_ type: enum_field_types, _ bytes: [UInt8]) {
      var value = MYSQL_BIND()
      value.buffer_type = type
      value.buffer = room(bytes.count)
      value.buffer?.copyMemory(from: bytes, byteCount: bytes.count)
      value.buffer_length = UInt(bytes.count)
      value.length_value = UInt(bytes.count)
      values.append(value)
    }

    /// Every column is read as text, except for floating-point numbers, which are read in binary.
    mutating func addRoom(for type: enum_field_types, length: Int) {
      var value = MYSQL_BIND()
      value.buffer_type = type == MYSQL_TYPE_DOUBLE ? MYSQL_TYPE_DOUBLE : MYSQL_TYPE_STRING
      value.buffer_length = UInt(max(length, 32))
      value.buffer = room(Int(value.buffer_length))
      value.length = room(MemoryLayout<UInt>.size).bindMemory(to: UInt.self, capacity: 1)
      value.is_null = room(1).bindMemory(to: my_bool.self, capacity: 1)
      values.append(value)
    }

    /// The row that was fetched last.
    var row: SQLRow {
      SQLRow(
        columns: values.map { value in
          guard value.is_null.pointee == 0, let buffer = value.buffer else { return nil }
          if value.buffer_type == MYSQL_TYPE_DOUBLE { return "\(buffer.load(as: Double.self))" }
          let length = Int(min(value.length.pointee, value.buffer_length))
          return String(decoding: UnsafeRawBufferPointer(start: buffer, count: length), as: UTF8.self)
        })
    }

    func free() {
      for memory in memory { memory.deallocate() }
    }

    private mutating func room(_ size: Int) -> UnsafeMutableRawPointer {
      let made = UnsafeMutableRawPointer.allocate(byteCount: max(size, 16), alignment: 16)
      memory.append(made)
      return made
    }
  }
#endif
