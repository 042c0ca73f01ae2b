import Shared

/// How the columns of a schedule are separated: in the same way in the whole file.
struct ScheduleLayout {
  /// `nil`: each line is a single column.
  var separator: UInt8?
  /// How many columns the header names; `nil` where there is no header.
  var headerColumns: Int?
  /// The records from the first due time on, after the header.
  var records: ScheduleRecords

  /// Whether a comma within a field is a decimal comma: because the field is quoted, or because something else separates columns.
  func takesComma(_ record: ScheduleRecord) -> Bool { record.isQuoted || separator != ColumnSeparators.comma }

  /// Finds out what separates the columns: the header shows it, or else the first line that has a separator.
  /// - Parameter start: the offset at which the text begins.
  /// - Throws: `ScheduleRecords.Malformed`.
  static func of(_ bytes: UnsafeRawBufferPointer, from start: Int) throws -> ScheduleLayout {
    var records = ScheduleRecords(bytes, from: start)
    let beginning = records
    var before = records
    var isFirst = true
    // Most schedules are a single column, and need not be searched line by line.
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

  /// Semicolons and tabs are preferred to commas: they are mostly used because the numbers have decimal commas.
  private static func separator(of record: ScheduleRecord, readAgain before: ScheduleRecords) throws -> UInt8 {
    let candidates = record.separators.filter { $0 != ColumnSeparators.comma } + [ColumnSeparators.comma]
    let fitting = try candidates.first { candidate in
      guard record.separators.contains(candidate) else { return false }
      // If what follows the comma looks like the rest of a number, the comma may be a decimal one.
      guard candidate != ColumnSeparators.comma || record.separators.count == 1 || record.next == .nothing else { return false }
      var records = before
      guard let read = try records.next(ColumnSeparators(candidate)) else { return false }
      return (try? DueTime(read.first, takesComma: read.isQuoted || candidate != ColumnSeparators.comma)) != nil
    }
    // Where nothing fits, the first line will be refused when it is read.
    return fitting ?? candidates[0]
  }

  /// Whether a line names the columns. A line with a number in it does not, nor one that looks like a mistyped value.
  private static func isHeader(_ record: ScheduleRecord) -> Bool {
    guard record.next != .number, let name = String(validating: record.first, as: UTF8.self) else { return false }
    func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || scalar == "_" }
    guard name.unicodeScalars.first.map(isLetter) ?? false, !values.contains(name.lowercased()) else { return false }
    // `O.5` and `x1e3` are mistyped numbers; in a name, as in `col1`, digits come late.
    let hasDigits = name.unicodeScalars.contains { ("0"..."9").contains($0) }
    return !hasDigits || name.unicodeScalars.prefix(2).allSatisfy(isLetter)
  }

  /// What programs write in place of a missing number.
  private static let values: Set<String> = ["nan", "inf", "infinity", "null", "none", "nil", "na", "n/a", "undefined", "true", "false"]
}
