import Shared

/// The due time on one line of a recorded schedule.
struct DueTime: Equatable {
  /// Which of the two forms a due time is written in.
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
  /// Since the load began for seconds, since 1970 for stamps.
  let nanoseconds: Int64
  /// The decimal point or comma of a number of seconds; `nil` where it has none.
  let mark: Unicode.Scalar?

  /// 366 days, in nanoseconds: a greater number cannot mean seconds since the load began.
  static let longest: Int64 = 366 * 86_400 * 1_000_000_000

  /// Reads `12`, `12.5`, `1e-3`, `2026-09-21T14:13:20Z`, `2026-09-21 16:13:20.25+02:00`. Digits beyond the nanosecond are dropped.
  /// - Parameter takesComma: whether `12,5` is read as well, because in this field a comma cannot be a column's end.
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

  /// An error about the field, whose text it shows.
  static func refusal(_ field: UnsafeRawBufferPointer, _ remedy: String) -> UnitError {
    UnitError(expected: "a due time", found: text(field), remedy: remedy)
  }

  /// The field as an error shows it: its beginning, where it is long.
  static func text(_ field: UnsafeRawBufferPointer) -> String { Spelling.shown(String(decoding: field.prefix(60), as: UTF8.self)) }
}
