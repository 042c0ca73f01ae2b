/// A setting, a file or a target that a program cannot work with: says what was found, where it came from, and what would be right. Both
/// programs print it and exit with code 104.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// One sentence that names the setting or the file and shows no secret.
  public let description: String

  /// - Parameter description: may quote files and programs, which may have been written to deceive a terminal: what a terminal would take
  ///   for a command is dropped.
  public init(_ description: String) { self.description = TerminalText.withoutCommands(description) }
}
