import GRDB

extension StoreError {
  /// What a failure of the database means to callers.
  init(database error: any Error) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self = .unavailable(error.reason)
    default: self = .unavailable("\(error)")
    }
  }
}

extension DatabaseError {
  /// In words, without SQL.
  fileprivate var reason: String {
    switch resultCode {
    case .SQLITE_FULL: "the disk is full"
    case .SQLITE_BUSY, .SQLITE_LOCKED: "another program keeps the file locked"
    case .SQLITE_READONLY: "the file cannot be written to"
    case .SQLITE_IOERR: "the disk does not read or write (\(message ?? resultCode.description))"
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: "the file is damaged"
    default: message ?? resultCode.description
    }
  }

  /// Whether a full disk can be the cause.
  var canBeFullDisk: Bool { [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN].contains(resultCode) }

  /// The reason in words, for a file that is being opened.
  var openingReason: String {
    switch resultCode {
    case .SQLITE_NOTADB: "it is no SQLite database; name another file, or one that does not exist yet"
    case .SQLITE_CANTOPEN: "it cannot be opened; the folder must exist, and be writable"
    default: reason
    }
  }
}
