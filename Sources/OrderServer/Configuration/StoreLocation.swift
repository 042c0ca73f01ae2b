import Shared

/// Where orders are kept.
enum StoreLocation: Sendable, Hashable, CustomStringConvertible {
  case memory
  case sqlite(SQLiteLocation)

  /// Reads `memory`, `sqlite:orders.db`, `sqlite:orders.db?synchronous=normal`.
  /// - Throws: `UnitError`.
  init(text: String) throws {
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a store", found: text, remedy: remedy)
    }
    if text == "memory" {
      self = .memory
      return
    }
    guard text.hasPrefix("sqlite:") else { throw refuse("write sqlite:orders.db, or memory") }
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

  var description: String {
    switch self {
    case .memory: "memory"
    case .sqlite(let location):
      "sqlite:\(location.path)" + (location.synchronous == .full ? "" : "?synchronous=\(location.synchronous.rawValue)")
    }
  }
}
