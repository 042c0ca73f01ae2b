/// A setting, a file or a target that a run cannot be made with: what was found, where it came from, and what would be right. Exit code 104.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
