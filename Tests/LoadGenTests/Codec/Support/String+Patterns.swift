extension String {
  /// Whether the pattern is found, one scalar being one character: a carriage return and a line feed are two.
  func has<Output>(_ pattern: Regex<Output>) -> Bool { contains(pattern.matchingSemantics(.unicodeScalar).asciiOnlyWordCharacters()) }

  func trimming(while predicate: (Character) -> Bool) -> String {
    String(drop(while: predicate).reversed().drop(while: predicate).reversed())
  }
}
