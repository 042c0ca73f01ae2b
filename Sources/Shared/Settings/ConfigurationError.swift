/// A setting, a file or a target that a program cannot work with: what was found, where it came from, and what would be right. Both programs
/// print it and end with exit code 104.
public struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// One sentence, which names the setting or the file and shows no secret.
  public let description: String

  /// - Parameter description: what it quotes of files and programs may have been written to deceive a terminal. What a terminal would take
  ///   for a command is dropped.
  public init(_ description: String) { self.description = TerminalText.withoutCommands(description) }
}
