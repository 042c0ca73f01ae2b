import Foundation
import Shared

/// A file of due times, one to a line: seconds since the load began, or RFC 3339 stamps, of which the earliest is the load's beginning.
///
/// Empty lines and those that begin with `#` are passed over. Of a CSV file the first column counts, and its first line may be a header.
/// The lines need not be in order.
enum ScheduleFile {
  static let mostTimes = 100_000_000

  /// - Throws: `UnitError` about the whole file, `ConfigurationError` that names file, line and what was found there.
  static func read(_ path: String) throws -> RecordedTimes {
    guard let data = contents(path) else {
      throw UnitError(expected: "a schedule", found: path, remedy: "it cannot be read: give a file with a due time on each line")
    }
    return try data.withUnsafeBytes { try read($0, path: path) }
  }

  /// A file is not copied into memory. A pipe is read to its end, so that another program may write the times.
  private static func contents(_ path: String) -> Data? {
    if let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) { return data }
    return try? FileHandle(forReadingAtPath: path)?.readToEnd()
  }

  /// - Parameters:
  ///   - path: what errors call it.
  ///   - most: how many times are taken.
  static func read(_ bytes: UnsafeRawBufferPointer, path: String, most: Int = mostTimes) throws -> RecordedTimes {
    var reader = Reader(path: path, most: most)
    // Their number is known before, so that the list is never copied to a larger place.
    reader.times.reserveCapacity(min(most, bytes.count { $0 == ByteScan.lineFeed } + 1))
    // Some editors put a mark before the text.
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = ByteScan.first(ByteScan.lineFeed, in: bytes, from: start) ?? bytes.count
      try reader.take(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end + 1
    }
    return try reader.finish()
  }
}

/// What was read of a schedule so far.
private struct Reader {
  let path: String
  let most: Int
  var times: [Int64] = []
  private var line = 0
  private var mayBeHeader = true
  private var kind: DueTime.Kind?
  /// The first of the stamps.
  private var first: Int64 = 0

  init(path: String, most: Int) {
    self.path = path
    self.most = most
  }

  mutating func take(_ bytes: UnsafeRawBufferPointer) throws {
    line += 1
    guard let field = DueTime.firstField(bytes), field[0] != UInt8(ascii: "#") else { return }
    defer { mayBeHeader = false }
    if mayBeHeader, DueTime.isName(field) { return }
    let time: DueTime
    do { time = try DueTime(field) } catch { throw blame("\(error)") }
    if let kind, kind != time.kind {
      throw blame("'\(DueTime.text(field))' is \(time.kind.words), and the lines before have \(kind.words): a schedule has one of both")
    }
    if kind == nil, time.kind == .stamp { first = time.nanoseconds }
    kind = time.kind
    guard (time.nanoseconds - first).magnitude <= DueTime.longest.magnitude else {
      let remedy =
        kind == .stamp
        ? "it lies more than a year from the first one"
        : "it lies more than a year after the load's beginning, from which the seconds count"
      throw blame("\(UnitError(expected: "a due time", found: DueTime.text(field), remedy: remedy))")
    }
    guard times.count < most else {
      throw blame("there are more than \(most) due times, which is the most: cut the schedule into several runs")
    }
    times.append(time.nanoseconds)
  }

  private func blame(_ problem: String) -> ConfigurationError { ConfigurationError("\(path):\(line): \(problem)") }

  consuming func finish() throws -> RecordedTimes {
    guard let earliest = times.min() else {
      throw UnitError(expected: "a schedule", found: path, remedy: "it has no due time: write one on each line, in seconds, as in 12.5")
    }
    if kind == .stamp, earliest != 0 {
      for index in times.indices { times[index] -= earliest }
    }
    return RecordedTimes(times)
  }
}
