import Shared

/// How a schedule's columns are divided: by one separator in all of the file.
struct ScheduleLayout {
  /// `nil`: a line is one column.
  var separator: UInt8?
  /// How many columns the first line names; `nil`: it names none.
  var headerColumns: Int?
  /// What comes next: the first due time, after the header.
  var records: ScheduleRecords

  /// Whether a comma in a field's middle is a decimal comma: because of quotes, or because columns are divided by something else.
  func takesComma(_ record: ScheduleRecord) -> Bool { record.isQuoted || separator != ColumnSeparators.comma }

  /// Finds out what divides the columns: the header says it, or the first line that is divided.
  /// - Parameter start: where the text begins.
  /// - Throws: `ScheduleRecords.Malformed`.
  static func of(_ bytes: UnsafeRawBufferPointer, from start: Int) throws -> ScheduleLayout {
    var records = ScheduleRecords(bytes, from: start)
    let beginning = records
    var before = records
    var isFirst = true
    // Most schedules are one column, and need not be looked through line by line.
    let isUndivided = [ColumnSeparators.comma, ColumnSeparators.semicolon, ByteScan.tab].allSatisfy {
      ByteScan.first($0, in: bytes, from: start) == nil
    }
    while let record = try records.next(.any) {
      if isFirst, isHeader(record) {
        guard record.separators.count < 2 else {
          throw ScheduleRecords.Malformed(
            line: record.line,
            reason: "the first line has several separators: between columns there is one, and quotes stand around a name "
              + "that has another in it")
        }
        return ScheduleLayout(separator: record.separators.first, headerColumns: record.columns, records: records)
      }
      isFirst = false
      if isUndivided { break }
      if !record.separators.isEmpty {
        let separator = try separator(of: record, readAgain: before)
        return ScheduleLayout(separator: separator, headerColumns: nil, records: beginning)
      }
      before = records
    }
    return ScheduleLayout(separator: nil, headerColumns: nil, records: beginning)
  }

  /// Whoever divides by semicolons or tabs mostly does so because commas stand in the numbers.
  private static func separator(of record: ScheduleRecord, readAgain before: ScheduleRecords) throws -> UInt8 {
    let candidates = record.separators.filter { $0 != ColumnSeparators.comma } + [ColumnSeparators.comma]
    let fitting = try candidates.first { candidate in
      guard record.separators.contains(candidate) else { return false }
      // What goes on like a number may be one with a decimal comma.
      guard candidate != ColumnSeparators.comma || record.separators.count == 1 || record.next == .nothing else { return false }
      var records = before
      guard let read = try records.next(ColumnSeparators(candidate)) else { return false }
      return (try? DueTime(read.first, takesComma: read.isQuoted || candidate != ColumnSeparators.comma)) != nil
    }
    // The first line that it does not fit is refused.
    return fitting ?? candidates[0]
  }

  /// Whether a line names its columns. What looks like a value that went wrong does not, nor does a line with a number in it.
  private static func isHeader(_ record: ScheduleRecord) -> Bool {
    guard record.next != .number, let name = String(validating: record.first, as: UTF8.self) else { return false }
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || scalar == "_" }
    guard name.unicodeScalars.first.map(isLetter) ?? false, !values.contains(name.lowercased()) else { return false }
    // `O.5` and `x1e3` are numbers that went wrong; digits come late in a name, as in `col1`.
    let hasDigits = name.unicodeScalars.contains { ("0"..."9").contains($0) }
    return !hasDigits || name.unicodeScalars.prefix(2).allSatisfy(isLetter)
  }

  /// What programs write where a number is missing.
  private static let values: Set<String> = ["nan", "inf", "infinity", "null", "none", "nil", "na", "n/a", "undefined", "true", "false"]
}
