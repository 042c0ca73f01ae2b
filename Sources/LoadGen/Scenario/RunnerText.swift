/// What the runner of a CI job would take for commands, so that text from elsewhere cannot command it.
///
/// GitHub's runner reads every line of what a step prints: one that begins with `::` after white space, or has `##[` anywhere, may set masks,
/// switch commands off, or say that something failed. It knows nothing of who wrote the line. Since what is printed in a container is read
/// all the same, this does not ask whether there is a runner.
package enum RunnerText {
  /// The text with a space in each `::` that begins a line, and in each `##[`.
  package static func withoutCommands(_ text: String) -> String {
    guard mayCommand(text) else { return text }
    var result = String.UnicodeScalarView()
    var begins = true
    var before: Unicode.Scalar = "\n"
    var hashes = 0
    for scalar in text.unicodeScalars {
      if scalar == ":", before == ":", begins { result.append(" ") }
      if scalar == "[", hashes >= 2 { result.append(" ") }
      hashes = scalar == "#" ? hashes + 1 : 0
      if scalar == "\n" || scalar == "\r" {
        begins = true
      } else if begins {
        // The first colon leaves open what the line begins with.
        begins = scalar.properties.isWhitespace || scalar == ":" && before != ":"
      }
      before = scalar
      result.append(scalar)
    }
    return String(result)
  }

  private static func mayCommand(_ text: String) -> Bool {
    var (last, beforeLast) = (UInt8(0), UInt8(0))
    for byte in text.utf8 {
      if byte == UInt8(ascii: ":"), last == byte { return true }
      if byte == UInt8(ascii: "["), last == UInt8(ascii: "#"), beforeLast == last { return true }
      (last, beforeLast) = (byte, last)
    }
    return false
  }
}
