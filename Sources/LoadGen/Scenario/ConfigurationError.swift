/// A setting, a file or a target that a run cannot be made with: what was found, where it came from, and what would be right. Exit code 104.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  package let description: String

  /// - Parameter description: what it quotes of files and programs may have been written to deceive a terminal.
  package init(_ description: String) { self.description = Legible.text(description) }
}
