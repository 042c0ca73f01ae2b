import Shared

/// How many orders are processed at the same time.
enum Workers: Sendable, Hashable, CustomStringConvertible {
  case limited(Int)
  case unlimited

  /// Reads `8` or `unlimited`.
  /// - Throws: `UnitError`.
  init(text: String) throws {
    if text == "unlimited" {
      self = .unlimited
    } else if let count = Int(text), count > 0 {
      self = .limited(count)
    } else {
      throw UnitError(expected: "a number of workers", found: text, remedy: "write 1, 8, any other positive number, or unlimited")
    }
  }

  var description: String {
    switch self {
    case .limited(let count): String(count)
    case .unlimited: "unlimited"
    }
  }
}
