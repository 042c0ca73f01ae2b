import Shared

/// A moment on the wall clock, in whole microseconds since 1970-01-01T00:00:00Z.
struct Timestamp: Sendable, Hashable, Comparable {
  let microseconds: Int64

  static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

  /// Truncated to whole microseconds; the latest time there is where the sum is too large.
  func advanced(by duration: Duration) -> Timestamp {
    let (sum, overflow) = microseconds.addingReportingOverflow(duration.nanoseconds / 1_000)
    return Timestamp(microseconds: overflow ? .max : sum)
  }

  func duration(since earlier: Timestamp) -> Duration {
    .microseconds(microseconds - earlier.microseconds)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with all six decimals: `2026-01-02T03:04:05.123456Z`.
  var description: String {
    let (seconds, fraction) = microseconds.flooredDivision(by: 1_000_000)
    let (days, second) = seconds.flooredDivision(by: 86_400)
    let (year, month, day) = Self.civilDate(daysSince1970: days)
    var text = ""
    text.reserveCapacity(27)
    text.append(digits: year, width: 4)
    text.append("-")
    text.append(digits: month, width: 2)
    text.append("-")
    text.append(digits: day, width: 2)
    text.append("T")
    text.append(digits: second / 3_600, width: 2)
    text.append(":")
    text.append(digits: second / 60 % 60, width: 2)
    text.append(":")
    text.append(digits: second % 60, width: 2)
    text.append(".")
    text.append(digits: fraction, width: 6)
    text.append("Z")
    return text
  }

  /// The proleptic Gregorian date, by Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day comes last.
  private static func civilDate(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}

extension Int64 {
  /// Quotient and remainder with the remainder never negative.
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

extension String {
  /// Appends a number that is not negative, with leading zeros.
  fileprivate mutating func append(digits number: Int64, width: Int) {
    let text = String(number)
    for _ in 0..<Swift.max(0, width - text.utf8.count) { append("0") }
    append(text)
  }
}
