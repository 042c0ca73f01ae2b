import Shared

/// Collects the due times of a schedule, record by record, and checks that they agree with each other.
struct ScheduleReader {
  let layout: ScheduleLayout
  let path: String
  let most: Int
  /// In the order of the file, as they were written: seconds since the load began, or stamps, in nanoseconds.
  var times: [Int64] = []
  private var kind: DueTime.Kind?
  /// The first stamp in the file, in nanoseconds since 1970; 0 for seconds.
  private var first: Int64 = 0
  /// The decimal point or comma used so far.
  private var mark: Unicode.Scalar?
  /// The number of columns of the header or the first record.
  private var columns: Int?
  /// Whether some record has another number of columns than the first.
  private var isRagged = false
  /// The first line whose comma may either separate columns or be a decimal comma.
  private var doubtful: (line: Int, text: String)?
  /// Whether no other line can settle that.
  private var isUncertain = false

  init(layout: ScheduleLayout, path: String, most: Int) {
    self.layout = layout
    self.path = path
    self.most = most
    columns = layout.headerColumns
  }

  /// Adds a record's due time.
  /// - Throws: `ConfigurationError` that names the file and the line.
  mutating func take(_ record: ScheduleRecord) throws {
    func blame(_ problem: String) -> ConfigurationError { ConfigurationError("\(path):\(record.line): \(problem)") }
    guard !record.first.isEmpty else { throw blame("the first column is empty: each line begins with its due time") }
    let time: DueTime
    do { time = try DueTime(record.first, takesComma: layout.takesComma(record)) } catch { throw blame("\(error)") }
    if let kind, kind != time.kind {
      throw blame(
        "'\(DueTime.text(record.first))' is \(time.kind.words), and the lines before have \(kind.words): a schedule has one of both")
    }
    if kind == nil, time.kind == .stamp { first = time.nanoseconds }
    kind = time.kind
    if let mark, let other = time.mark, mark != other {
      throw blame(
        "'\(DueTime.text(record.first))' has a decimal '\(other)', and the lines before have '\(mark)': a schedule has one of both")
    }
    mark = mark ?? time.mark
    doubt(record, time)
    guard (time.nanoseconds - first).magnitude <= DueTime.longest.magnitude else {
      let remedy =
        kind == .stamp
        ? "it lies more than a year from the first one"
        : "it lies more than a year after the load's beginning, from which the seconds count"
      throw blame("\(DueTime.refusal(record.first, remedy))")
    }
    guard times.count < most else {
      throw blame("there are more than \(most) due times, which is the most: cut the schedule into several runs")
    }
    times.append(time.nanoseconds)
  }

  /// `0,5` may be 0.5, or 0 with 5 in the column beside it. The number of columns in other lines decides.
  private mutating func doubt(_ record: ScheduleRecord, _ time: DueTime) {
    isRagged = isRagged || columns.map { $0 != record.columns } ?? false
    columns = columns ?? record.columns
    guard !isUncertain, time.kind == .seconds, !record.isQuoted else { return }
    let isDividedByCommas = layout.separator == ColumnSeparators.comma
    // With two kinds of separators in one line, nothing else in the file can tell which one is meant.
    let isDivided = isDividedByCommas && record.next == .dividedNumber && time.mark == nil
    let mayBeDecimal = isDividedByCommas ? record.next == .number && time.mark == nil : time.mark == ","
    guard isDivided || doubtful == nil && mayBeDecimal && layout.headerColumns != record.columns else { return }
    isUncertain = isDivided
    doubtful = (record.line, DueTime.text(record.text))
  }

  /// The times in nanoseconds since the load began, which for stamps is the earliest of them.
  /// - Throws: `ConfigurationError` where a line can be read in two ways, `UnitError` where there is no due time.
  consuming func finish() throws -> RecordedTimes {
    if let doubtful {
      // Without a header, decimal points elsewhere show that commas separate columns.
      let isCertain =
        !isUncertain && layout.headerColumns == nil && !isRagged && (layout.separator != ColumnSeparators.comma || mark == ".")
      guard isCertain else {
        throw ConfigurationError(
          "\(path):\(doubtful.line): '\(doubtful.text)' can be read in two ways, by a decimal comma and by one between columns: write decimal "
            + "points, or begin the file with a line that names its columns")
      }
    }
    guard let earliest = times.min() else {
      throw UnitError(expected: "a schedule", found: path, remedy: "it has no due time: write one on each line, in seconds, as in 12.5")
    }
    if kind == .stamp, earliest != 0 {
      for index in times.indices { times[index] -= earliest }
    }
    return RecordedTimes(times)
  }
}
