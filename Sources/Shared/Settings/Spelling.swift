/// Guesses what a misspelt word was meant to be.
public enum Spelling {
  /// The word that is the fewest edits away; `nil` where even that one is more than two edits, and more than a third of the word's length,
  /// away.
  public static func nearest(to word: String, among words: [String]) -> String? {
    let best = words.map { ($0, distance(Array(word.unicodeScalars), Array($0.unicodeScalars))) }.min { $0.1 < $1.1 }
    guard let best, best.1 <= max(2, word.count / 3) else { return nil }
    return best.0
  }

  /// The Levenshtein distance.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var previous = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = previous + (character == other ? 0 : 1)
        previous = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, previous + 1)
      }
    }
    return row[right.count]
  }
}
