import LoadRun

/// Text made safe for a Markdown file that GitHub shows: nothing in it can become structure, markup, a link or a mention.
enum Markdown {
  /// Text from elsewhere, as code.
  static func code(_ text: String, limit: Int = Legible.defaultLimit) -> String {
    let line = Legible.line(text, limit: limit)
    let blank = line.allSatisfy { $0 == " " }
    // A code span is literal, but a table's bar and a backslash before it are not, and backticks would need longer fences.
    if !blank, !line.contains(where: { "`|\\".contains($0) }) { return "`\(line)`" }
    return blank ? "" : "<code>\(entities(line) { $0.isLetter || $0.isNumber || $0 == " " })</code>"
  }

  /// A sentence, possibly with words from elsewhere in it.
  static func prose(_ text: String, limit: Int = 600) -> String {
    let line = Legible.line(text, limit: limit)
    // Neither a table's bar nor markup, a link or a mention; what is left is harmless inside a line.
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

  /// Rows under a heading; the first column is to the left, all others to the right unless `left` says so.
  static func table(_ heading: [String], left: Set<Int> = [0], rows: [[String]]) -> String {
    let rule = heading.indices.map { left.contains($0) ? ":--" : "--:" }
    return ([heading, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}
