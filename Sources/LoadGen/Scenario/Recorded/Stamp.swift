/// Reads RFC 3339 stamps directly from bytes, as there may be a hundred million of them.
enum Stamp {
  /// Reads `2026-09-21T14:13:20.25Z` and `2026-09-21 16:13:20+02:00`.
  /// - Returns: nanoseconds since 1970, leap seconds not counted; `nil` where it is not a stamp, or its year is not from 1970 to 2261.
  static func nanoseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    var cursor = ByteCursor(text)
    guard let year = cursor.number(digits: 4), cursor.accept("-"), let month = cursor.number(digits: 2), cursor.accept("-"),
      let day = cursor.number(digits: 2), cursor.accept("T") || cursor.accept("t") || cursor.accept(" "),
      let hour = cursor.number(digits: 2), cursor.accept(":"), let minute = cursor.number(digits: 2), cursor.accept(":"),
      let second = cursor.number(digits: 2)
    else { return nil }
    let fraction = cursor.accept(".") ? cursor.nanoseconds() : 0
    guard let offset = offset(&cursor), cursor.isAtEnd, (1970...2261).contains(year), (1...12).contains(month),
      day >= 1, day <= days(of: month, in: year), hour < 24, minute < 60, second <= 60
    else { return nil }
    let seconds = (days(until: year, month) + day - 1) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    return seconds * 1_000_000_000 + fraction
  }

  /// The zone's offset in seconds, positive east of Greenwich.
  private static func offset(_ cursor: inout ByteCursor) -> Int64? {
    if cursor.accept("Z") || cursor.accept("z") { return 0 }
    let sign: Int64 = cursor.accept("-") ? -1 : cursor.accept("+") ? 1 : 0
    guard sign != 0, let hours = cursor.number(digits: 2), cursor.accept(":"), let minutes = cursor.number(digits: 2), hours < 24,
      minutes < 60
    else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  private static func days(of month: Int64, in year: Int64) -> Int64 {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 to the first day of the month, in the Gregorian calendar.
  private static func days(until year: Int64, _ month: Int64) -> Int64 {
    let past = year - 1
    let years = (year - 1970) * 365 + (past / 4 - past / 100 + past / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
    return (1..<month).reduce(years) { $0 + days(of: $1, in: year) }
  }
}
