import LoadRun

/// Makes text safe in a Markdown file that GitHub shows: nothing in it can become structure, markup, a link or a mention.
enum Markdown {
  /// Text from elsewhere, shown as code.
  static func code(_ text: String, limit: Int = Legible.defaultLimit) -> String {
    let line = Legible.line(text, limit: limit)
    let blank = line.allSatisfy { $0 == " " }
    // A code span is literal except for a table's bar and a backslash before it, and text with backticks would need longer fences: such
    // text is escaped instead.
    if !blank, !line.contains(where: { "`|\\".contains($0) }) { return "`\(line)`" }
    return blank ? "" : "<code>\(entities(line) { $0.isLetter || $0.isNumber || $0 == " " })</code>"
  }

  /// A sentence, which may contain words from elsewhere.
  static func prose(_ text: String, limit: Int = 600) -> String {
    let line = Legible.line(text, limit: limit)
    // These characters could begin a table cell, markup, a link or a mention; the others are harmless within a line.
    return entities(line) { !"\\`*_[]<>&|#~@$!".contains($0) }
      .replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;").replacing("&#64;", with: "&#64;<!-- -->")
  }

  private static func entities(_ text: String, keeping isPlain: (Character) -> Bool) -> String {
    var result = ""
    for character in text {
      if isPlain(character) || !character.isASCII {
        result.append(character)
      } else {
        for scalar in character.unicodeScalars { result += "&#\(scalar.value);" }
      }
    }
    return result
  }

  /// A table with a heading. Columns are aligned to the right, except those in `left`.
  static func table(_ heading: [String], left: Set<Int> = [0], rows: [[String]]) -> String {
    let rule = heading.indices.map { left.contains($0) ? ":--" : "--:" }
    return ([heading, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
