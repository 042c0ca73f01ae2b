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

  /// Nanoseconds of 366 days: numbers beyond are no seconds since a load's beginning.
  static let longest: Int64 = 366 * 86_400 * 1_000_000_000

  /// Reads `12`, `12.5`, `1e-3`, `2026-09-21T14:13:20Z`, `2026-09-21 16:13:20.25+02:00`. What lies beyond the nanosecond is cut off.
  /// - Throws: `UnitError`.
  init(_ field: UnsafeRawBufferPointer) throws {
    if let seconds = Self.plainSeconds(field) {
      self.init(kind: .seconds, nanoseconds: seconds)
    } else if let stamp = Stamp.nanoseconds(field) {
      self.init(kind: .stamp, nanoseconds: stamp)
    } else {
      let text = Self.text(field)
      func refuse(_ remedy: String) -> UnitError { UnitError(expected: "a due time", found: text, remedy: remedy) }
      guard let seconds = Double(text), seconds.isFinite else {
        throw refuse("write seconds since the load's beginning, as in 12.5, or an RFC 3339 stamp, as in 2026-09-21T14:13:20.25Z")
      }
      guard seconds >= 0 else { throw refuse("it lies before the load's beginning: seconds count from 0") }
      self.init(kind: .seconds, nanoseconds: seconds * 1e9 <= Double(Self.longest) ? Int64((seconds * 1e9).rounded()) : .max)
    }
  }

  init(kind: Kind, nanoseconds: Int64) {
    self.kind = kind
    self.nanoseconds = nanoseconds
  }

  /// As an error shows it: not all of it, where it is long.
  static func text(_ field: UnsafeRawBufferPointer) -> String { String(decoding: field.prefix(60), as: UTF8.self) }

  /// What stands before the first comma, semicolon or tab, without blanks and quotes around it; `nil` where that is nothing.
  static func firstField(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    func isAround(_ byte: UInt8) -> Bool { byte <= ByteScan.space || byte == UInt8(ascii: "\"") }
    var end = line.firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == ByteScan.tab } ?? line.count
    var start = 0
    while start < end, isAround(line[start]) { start += 1 }
    while end > start, isAround(line[end - 1]) { end -= 1 }
    return start < end ? UnsafeRawBufferPointer(rebasing: line[start..<end]) : nil
  }

  /// Whether it may be the name of a column.
  static func isName(_ field: UnsafeRawBufferPointer) -> Bool {
    let first = field[0]
    return (first | 0x20) >= UInt8(ascii: "a") && (first | 0x20) <= UInt8(ascii: "z") || first == UInt8(ascii: "_") || first >= 0x80
  }

  /// Digits, and no more than one point among them; exact.
  private static func plainSeconds(_ field: UnsafeRawBufferPointer) -> Int64? {
    var cursor = ByteCursor(field)
    guard let whole = cursor.number() else { return nil }
    var fraction: Int64 = 0
    if cursor.accept(".") { fraction = cursor.nanoseconds() }
    guard cursor.isAtEnd else { return nil }
    return whole <= longest / 1_000_000_000 ? whole * 1_000_000_000 + fraction : .max
  }
}
