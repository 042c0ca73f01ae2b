/// A date as headers have it (RFC 9110, 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, or one of the two obsolete forms that must be understood
/// as well: `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. `UTC` is accepted in place of `GMT`.
struct HTTPDate {
  private var year = 0
  private var month = 0
  private var day = 0
  private var time = 0

  /// - Parameter now: seconds since the epoch. A year of two digits is taken to be the latest one that is at most 50 years after this.
  /// - Returns: seconds since the epoch; `nil` if the bytes are not a date.
  static func seconds(_ bytes: UnsafeRawBufferPointer, now: Double) -> Double? {
    guard bytes.count <= longest else { return nil }
    let words = bytes.split(separator: UInt8(ascii: " ")).map { UnsafeRawBufferPointer(rebasing: $0) }
    var date = HTTPDate()
    switch words.count {
    case 6 where isDay(words[0], ends: true) && isGMT(words[5]):
      guard date.take(day: words[1], month: words[2], year: words[3], time: words[4]) else { return nil }
    case 4 where isDay(words[0], ends: true) && isGMT(words[3]):
      let parts = words[1].split(separator: UInt8(ascii: "-")).map { UnsafeRawBufferPointer(rebasing: $0) }
      guard parts.count == 3, parts[2].count == 2, date.take(day: parts[0], month: parts[1], year: parts[2], time: words[2]) else {
        return nil
      }
      return date.seconds(inCenturyOf: now)
    case 5 where isDay(words[0], ends: false):
      guard date.take(day: words[2], month: words[1], year: words[4], time: words[3]) else { return nil }
    default: return nil
    }
    return date.year >= 1000 ? date.seconds : nil
  }

  /// In bytes. The longest valid date, "Wednesday, 09-Nov-94 08:49:37 GMT", has 33.
  private static let longest = 40

  private mutating func take(
    day: UnsafeRawBufferPointer, month: UnsafeRawBufferPointer, year: UnsafeRawBufferPointer, time: UnsafeRawBufferPointer
  ) -> Bool {
    guard let day = Self.number(day, 1...31), let month = Self.month(month), let year = Self.number(year, 0...9999),
      let time = Self.time(time)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard day <= (month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31) else { return false }
    (self.year, self.month, self.day, self.time) = (year, month, day, time)
    return true
  }

  /// Whether the word looks like a weekday. Which one it is follows from the date, and is not checked.
  private static func isDay(_ word: UnsafeRawBufferPointer, ends: Bool) -> Bool {
    guard ends else { return word.count == 3 && word.allSatisfy(isLetter) }
    return word.count >= 4 && word.last == UInt8(ascii: ",") && word.dropLast().allSatisfy(isLetter)
  }

  private static func isGMT(_ word: UnsafeRawBufferPointer) -> Bool {
    word.elementsEqual("GMT".utf8) || word.elementsEqual("UTC".utf8)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map { Array($0.utf8) }

  private static func month(_ word: UnsafeRawBufferPointer) -> Int? {
    months.firstIndex { word.map { $0 | 0x20 } == $0 }.map { $0 + 1 }
  }

  /// `08:49:37` in seconds since midnight; a leap second is accepted.
  private static func time(_ word: UnsafeRawBufferPointer) -> Int? {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { UnsafeRawBufferPointer(rebasing: $0) }
    guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }), let hours = number(parts[0], 0...23),
      let minutes = number(parts[1], 0...59),
      let seconds = number(parts[2], 0...60)
    else { return nil }
    return hours * 3600 + minutes * 60 + seconds
  }

  private static func number(_ word: UnsafeRawBufferPointer, _ range: ClosedRange<Int>) -> Int? {
    guard word.count <= 4, let number = DecimalDigits.value(word), range.contains(number) else { return nil }
    return number
  }

  /// Seconds since the epoch. Days are counted from 1 March, so that a leap day is the last day of its year.
  private var seconds: Double {
    let shifted = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return Double(days * 86_400 + time)
  }

  /// As `seconds`, for a year of two digits.
  private func seconds(inCenturyOf now: Double) -> Double? {
    // 50 years of the mean length of the Gregorian calendar.
    let latest = now + 50 * 365.2425 * 86_400
    var date = self
    var found: Double?
    for century in stride(from: 1900, through: 9900, by: 100) {
      date.year = century + year
      guard date.seconds <= latest else { break }
      found = date.seconds
    }
    return found
  }
}
