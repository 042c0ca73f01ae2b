/// One record of a file of columns (RFC 4180): usually a line, but several where a quoted field has line breaks.
struct ScheduleRecord {
  /// What the second column looks like, which tells whether the comma before it could be a decimal one.
  enum Next {
    /// A number: the comma could be a decimal one.
    case number
    /// A number, followed by another separator.
    case dividedNumber
    /// Letters, a path, quotes, or no second column: the comma separates columns.
    case nothing
    /// Anything else.
    case other

    /// - Parameter column: the second column, not quoted.
    init(_ column: UnsafeRawBufferPointer) {
      var cursor = ByteCursor(column)
      guard cursor.number() != nil else {
        let isWord = column.first.map { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") || $0 == UInt8(ascii: "/") }
        self = isWord ?? true ? .nothing : .other
        return
      }
      while cursor.accept(" ") {}
      self = ByteCursor.isNumber(column) ? .number : cursor.accept(";") || cursor.accept("\t") ? .dividedNumber : .other
    }
  }

  /// The line in which it begins, counted from 1.
  var line: Int
  /// The whole record, without its line end.
  var text: UnsafeRawBufferPointer
  /// The first column, without surrounding blanks and quotes.
  var first: UnsafeRawBufferPointer
  /// Whether the first column is quoted.
  var isQuoted: Bool
  /// What the second column looks like.
  var next = Next.nothing
  var columns: Int
  /// The separators found between its columns, each once, in the order in which they were found.
  var separators: [UInt8]
}

/// The bytes that may separate columns: one, three while it is unknown which, or none.
struct ColumnSeparators {
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")

  private let first: UInt8
  private let second: UInt8
  private let third: UInt8

  /// - Parameter separator: `nil`: a line is a single column.
  init(_ separator: UInt8?) {
    // A line feed is never part of a column, so it can stand for no separator.
    first = separator ?? ByteScan.lineFeed
    second = first
    third = first
  }

  private init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// While it is not known which one the file uses.
  static let any = ColumnSeparators(comma, semicolon, ByteScan.tab)

  func contains(_ byte: UInt8) -> Bool { byte != ByteScan.lineFeed && (byte == first || byte == second || byte == third) }
}

/// Reads a file's records one after another, skipping empty ones and comments.
struct ScheduleRecords {
  /// A field that is wrongly quoted.
  struct Malformed: Error {
    let line: Int
    let reason: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  /// The line in which the next record begins, counted from 1.
  private(set) var line = 1

  /// - Parameter start: the offset at which the text begins.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    self.bytes = bytes
    position = start
  }

  /// The next record; `nil` at the end.
  mutating func next(_ separators: ColumnSeparators) throws(Malformed) -> ScheduleRecord? {
    while position < bytes.count {
      let begin = begin(of: position)
      if begin < bytes.count, bytes[begin] != UInt8(ascii: "#"), !isEnd(begin) {
        if let record = try record(separators) { return record }
      } else {
        // In a comment quotes mean nothing.
        position = (ByteScan.first(ByteScan.lineFeed, in: bytes, from: begin) ?? bytes.count) + 1
        line += 1
      }
    }
    return nil
  }

  /// The index of the first byte from `start` on that is not a blank.
  private func begin(of start: Int) -> Int {
    var index = start
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
    return index
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == ByteScan.space || byte == ByteScan.tab }

  /// Whether a line ends here.
  private func isEnd(_ index: Int) -> Bool {
    guard index < bytes.count else { return true }
    return bytes[index] == ByteScan.lineFeed
      || bytes[index] == ByteScan.carriageReturn && (index + 1 == bytes.count || bytes[index + 1] == ByteScan.lineFeed)
  }

  /// - Returns: `nil` where all columns are empty, as in the last lines that some spreadsheets write.
  private mutating func record(_ separators: ColumnSeparators) throws(Malformed) -> ScheduleRecord? {
    let begin = position
    let empty = UnsafeRawBufferPointer(rebasing: bytes[begin..<begin])
    var record = ScheduleRecord(line: line, text: empty, first: empty, isQuoted: false, columns: 0, separators: [])
    var isEmpty = true
    while true {
      let (content, isQuoted) = try field(separators, of: record.line)
      record.columns += 1
      isEmpty = isEmpty && content.isEmpty && !isQuoted
      if record.columns == 1 {
        record.first = content
        record.isQuoted = isQuoted
      } else if record.columns == 2 {
        record.next = isQuoted ? .nothing : ScheduleRecord.Next(content)
      }
      guard position < bytes.count, separators.contains(bytes[position]) else { break }
      if !record.separators.contains(bytes[position]) { record.separators.append(bytes[position]) }
      position += 1
    }
    record.text = UnsafeRawBufferPointer(rebasing: bytes[begin..<position])
    position = (ByteScan.first(ByteScan.lineFeed, in: bytes, from: position) ?? bytes.count) + 1
    line += 1
    return isEmpty ? nil : record
  }

  /// Reads a field and moves to what ends it: a separator, or the end of the line.
  private mutating func field(
    _ separators: ColumnSeparators, of record: Int
  ) throws(Malformed) -> (content: UnsafeRawBufferPointer, isQuoted: Bool) {
    while position < bytes.count, isBlank(bytes[position]), !separators.contains(bytes[position]) { position += 1 }
    let begin = position
    guard begin < bytes.count, bytes[begin] == UInt8(ascii: "\"") else {
      while position < bytes.count, !separators.contains(bytes[position]), !isEnd(position) { position += 1 }
      var end = position
      while end > begin, isBlank(bytes[end - 1]) { end -= 1 }
      return (UnsafeRawBufferPointer(rebasing: bytes[begin..<end]), false)
    }
    let end = try closingQuote(begin, of: record)
    position = end + 1
    while position < bytes.count, isBlank(bytes[position]), !separators.contains(bytes[position]) { position += 1 }
    guard isEnd(position) || separators.contains(bytes[position]) else {
      throw Malformed(line: record, reason: "there is text behind a closing quote: a quote within a quoted field is written twice")
    }
    return (UnsafeRawBufferPointer(rebasing: bytes[(begin + 1)..<end]), true)
  }

  /// The index of the quote that closes the field opened at `begin`. Counts the lines in between.
  private mutating func closingQuote(_ begin: Int, of record: Int) throws(Malformed) -> Int {
    var index = begin + 1
    while let quote = ByteScan.first(UInt8(ascii: "\""), in: bytes, from: index) {
      if quote + 1 < bytes.count, bytes[quote + 1] == UInt8(ascii: "\"") {
        index = quote + 2
        continue
      }
      line += bytes[begin..<quote].count { $0 == ByteScan.lineFeed }
      return quote
    }
    throw Malformed(line: record, reason: "a quote is opened, and closed nowhere")
  }
}
