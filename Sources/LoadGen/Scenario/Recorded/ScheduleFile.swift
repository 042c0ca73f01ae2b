import Foundation
import Shared

/// A file of due times, one per line: seconds since the load began, or RFC 3339 stamps, of which the earliest is the load's beginning.
///
/// Empty lines and lines that begin with `#` are ignored. In a CSV file (RFC 4180) the first column counts, and the first line may be a
/// header; columns are separated by commas, semicolons or tabs, the same in the whole file. The lines need not be in order. What could be
/// read in two ways is refused.
enum ScheduleFile {
  /// The most due times that a schedule may have.
  static let mostTimes = 100_000_000

  /// - Throws: `UnitError` about the whole file, or `ConfigurationError` that names the file, the line and what was found there.
  static func read(_ path: String) throws -> RecordedTimes {
    let data: Data
    do throws(InputFile.Fault) { data = try contents(path) } catch {
      throw UnitError(expected: "a schedule", found: path, remedy: "it \(error): give a file with a due time on each line")
    }
    return try data.withUnsafeBytes { try read($0, path: path) }
  }

  /// The most that is read from a pipe, in bytes, as all of it must be held in memory.
  private static let mostPiped = 1 << 31

  /// A file is mapped, and not copied into memory. A pipe is read to its end, so that another program may supply the times.
  private static func contents(_ path: String) throws(InputFile.Fault) -> Data {
    if InputFile.isFile(path), let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) { return data }
    return try InputFile.read(path, most: mostPiped)
  }

  /// - Parameters:
  ///   - path: what errors call the file.
  ///   - most: how many times are accepted.
  static func read(_ bytes: UnsafeRawBufferPointer, path: String, most: Int = mostTimes) throws -> RecordedTimes {
    func blame(_ line: Int, _ problem: String) -> ConfigurationError { ConfigurationError("\(path):\(line): \(problem)") }
    if let zero = ByteScan.first(0, in: bytes, from: 0) {
      throw blame(bytes[..<zero].count { $0 == ByteScan.lineFeed } + 1, "there is a NUL byte, as UTF-16 has them: save the file as UTF-8")
    }
    do {
      let layout = try ScheduleLayout.of(bytes, from: ByteOrderMark.dropped(from: bytes).startIndex)
      var records = layout.records
      var reader = ScheduleReader(layout: layout, path: path, most: most)
      // Room for all of them is taken beforehand, so that the list is never copied as it grows.
      reader.times.reserveCapacity(min(most, bytes.count { $0 == ByteScan.lineFeed } + 1))
      let separators = ColumnSeparators(layout.separator)
      while let record = try records.next(separators) { try reader.take(record) }
      return try reader.finish()
    } catch let error as ScheduleRecords.Malformed {
      throw blame(error.line, error.reason)
    }
  }
}
