import LoadRun

/// Rows with aligned columns.
struct TextTable: Sendable {
  /// On which side the cells of a column are aligned.
  enum Alignment: Sendable {
    case left, right
  }

  let alignments: [Alignment]
  private(set) var rows: [[String]] = []

  init(_ alignments: [Alignment]) { self.alignments = alignments }

  /// - Parameter cells: at most as many as there are columns; missing ones at the end are empty.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// One line per row, with two blanks between columns and none at the end.
  func lines(indent: Int = 0) -> [String] {
    let widths = alignments.indices.map { column in rows.map { $0.count > column ? Paint.width(of: $0[column]) : 0 }.max() ?? 0 }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let pad = String(repeating: " ", count: widths[column] - Paint.width(of: cell))
        line += (column == 0 ? "" : "  ") + (alignments[column] == .left ? cell + pad : pad + cell)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension String {
  /// The text broken at blanks into lines of at most `width` characters, indentation included; a word that is too long gets a line of its
  /// own.
  func wrapped(width: Int, indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width - indent {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { String(repeating: " ", count: indent) + $0 }
  }
}

extension [String] {
  /// The parts joined by dots into lines of at most `width` visible characters; a part that is too long gets a line of its own.
  func packed(width: Int) -> [String] {
    var lines: [String] = []
    for part in self {
      if let line = lines.last, Paint.width(of: line) + 3 + Paint.width(of: part) <= width {
        lines[lines.count - 1] = "\(line) · \(part)"
      } else {
        lines.append(part)
      }
    }
    return lines
  }
}
