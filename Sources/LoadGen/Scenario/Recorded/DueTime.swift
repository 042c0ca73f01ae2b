import Shared

/// One line of a recorded schedule.
struct DueTime: Equatable {
  enum Kind {
    case seconds, stamp

    var words: String {
      switch self {
      case .seconds: "a number of seconds"
      case .stamp: "a stamp"
      }
    }
  }

  let kind: Kind
  /// Since the load began, or since 1970.
  let nanoseconds: Int64
  /// What stands before the decimals of a number of seconds; `nil` where it has none.
  let mark: Unicode.Scalar?

  /// Nanoseconds of 366 days: numbers beyond are no seconds since a load's beginning.
  static let longest: Int64 = 366 * 86_400 * 1_000_000_000

  /// Reads `12`, `12.5`, `1e-3`, `2026-09-21T14:13:20Z`, `2026-09-21 16:13:20.25+02:00`. What lies beyond the nanosecond is cut off.
  /// - Parameter takesComma: whether `12,5` is read, too: nothing around the field makes its comma one that ends a column.
  /// - Throws: `UnitError`.
  init(_ field: UnsafeRawBufferPointer, takesComma: Bool) throws {
    if let seconds = DecimalSeconds(field, takesComma: takesComma) {
      guard let nanoseconds = seconds.nanoseconds else {
        throw Self.refusal(field, "it lies before the load's beginning: seconds count from 0")
      }
      self.init(kind: .seconds, nanoseconds: nanoseconds, mark: seconds.mark)
    } else if let stamp = Stamp.nanoseconds(field) {
      self.init(kind: .stamp, nanoseconds: stamp, mark: nil)
    } else {
      throw Self.refusal(
        field, "write seconds since the load's beginning, as in 12.5, or an RFC 3339 stamp, as in 2026-09-21T14:13:20.25Z")
    }
  }

  init(kind: Kind, nanoseconds: Int64, mark: Unicode.Scalar?) {
    self.kind = kind
    self.nanoseconds = nanoseconds
    self.mark = mark
  }

  static func refusal(_ field: UnsafeRawBufferPointer, _ remedy: String) -> UnitError {
    UnitError(expected: "a due time", found: text(field), remedy: remedy)
  }

  /// As an error shows it: not all of it, where it is long.
  static func text(_ field: UnsafeRawBufferPointer) -> String { Spelling.shown(String(decoding: field.prefix(60), as: UTF8.self)) }
}
