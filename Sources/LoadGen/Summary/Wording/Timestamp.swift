import Foundation

/// Converts between Unix time and RFC 3339 text in UTC.
package enum Timestamp {
  /// As in `2026-09-21T14:13:20.250Z`; fractions beyond milliseconds are lost.
  package static func text(epochSeconds: Double) -> String {
    // Seconds of today have a quarter of a microsecond to spare, which must not cost a millisecond.
    Date(timeIntervalSince1970: epochSeconds + 1e-6).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// Unix time in seconds; `nil` where the text is not such a timestamp.
  package static func epochSeconds(_ text: String) -> Double? {
    guard isOfCalendar(text) else { return nil }
    let styles = [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()]
    return styles.lazy.compactMap { try? Date(text, strategy: $0) }.first?.timeIntervalSince1970
  }

  /// Whether month, day, hour, minute and second are such as there are: Foundation takes the 31st of February for one of March.
  private static func isOfCalendar(_ text: String) -> Bool {
    let digits = text.utf8.prefix(19).map { $0 &- UInt8(ascii: "0") }
    func number(_ places: Range<Int>) -> Int? {
      guard digits.count == 19, digits[places].allSatisfy({ $0 < 10 }) else { return nil }
      return digits[places].reduce(0) { $0 * 10 + Int($1) }
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month)
    else { return false }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return (1...days).contains(day) && hour < 24 && minute < 60 && second < 61
  }
}
