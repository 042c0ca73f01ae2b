/// One record of a file of columns (RFC 4180): mostly a line, and several where a quoted field has line ends in it.
struct ScheduleRecord {
  /// What follows the first column, by which a comma between them could be a decimal one.
  enum Next {
    /// A number.
    case number
    /// A number, and what divides the columns of other files.
    case dividedNumber
    /// Letters, a path, or quotes; or there is none.
    case nothing
    case other

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

  /// The one that it begins in, counted from 1.
  var line: Int
  /// All of it, without its end.
  var text: UnsafeRawBufferPointer
  /// The first column, without blanks and quotes around it.
  var first: UnsafeRawBufferPointer
  var isQuoted: Bool
  /// What the second column looks like.
  var next = Next.nothing
  var columns: Int
  /// What stands between its columns, each once.
  var separators: [UInt8]
}

/// What stands between columns.
struct ColumnSeparators {
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")

  private let first: UInt8
  private let second: UInt8
  private let third: UInt8

  /// - Parameter separator: `nil`: a line is one column.
  init(_ separator: UInt8?) {
    // The end of a line is never within a column.
    first = separator ?? ByteScan.lineFeed
    second = first
    third = first
  }

  private init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// Where it is not known yet.
  static let any = ColumnSeparators(comma, semicolon, ByteScan.tab)

  func contains(_ byte: UInt8) -> Bool { byte != ByteScan.lineFeed && (byte == first || byte == second || byte == third) }
}

/// Takes a file's records one after another, without those that are empty or comments.
struct ScheduleRecords {
  /// Quotes that divide nothing, with the line of the record.
  struct Malformed: Error {
    let line: Int
    let reason: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  /// Where the next record begins, counted from 1.
  private(set) var line = 1

  /// - Parameter start: where the text begins.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    self.bytes = bytes
    position = start
  }

  mutating func next(_ separators: ColumnSeparators) throws(Malformed) -> ScheduleRecord? {
    while position < bytes.count {
      let begin = begin(of: position)
      if begin < bytes.count, bytes[begin] != UInt8(ascii: "#"), !isEnd(begin) {
        if let record = try record(separators) { return record }
      } else {
        // Quotes have no meaning in a comment.
        position = (ByteScan.first(ByteScan.lineFeed, in: bytes, from: begin) ?? bytes.count) + 1
        line += 1
      }
    }
    return nil
  }

  /// The first byte that is no blank.
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

  /// - Returns: `nil` where all of its columns are empty, as in the last lines of some spreadsheets.
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

  /// Goes to what ends the field: a separator, or the end of the line.
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
