/// Environment variables that look like a program's settings but are not: they were probably meant to be.
public enum StrangeVariables {
  /// A line about each, sorted by name. Variables that Kubernetes sets for a service of the program's name are left out.
  /// - Parameters:
  ///   - prefix: what the program's variables begin with, with its underscore.
  ///   - known: the names of all variables that the program reads.
  public static func notes(in environment: [String: String], prefix: String, known: [String]) -> [String] {
    let names = Set(known)
    return environment.keys.sorted().compactMap { name in
      guard name.hasPrefix(prefix), !names.contains(name), let value = environment[name],
        !ServiceLink.isOne(name, value: value, after: prefix)
      else { return nil }
      // Compared without the prefix: all have it in common, and it would make the distances look small.
      let words = known.map { String($0.dropFirst(prefix.count)) }
      let guess = Spelling.nearest(to: String(name.dropFirst(prefix.count)), among: words).map { ": did you mean \(prefix)\($0)?" }
      return "\(Spelling.shown(name)) is set, and is no setting\(guess ?? ", so that it changes nothing")"
    }
  }
}

extension Spelling {
  /// A name from outside, made fit to be shown in one line: at most 80 scalars, control characters replaced by `?`.
  public static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.prefix(80).map { $0.value >= 0x20 && $0.value != 0x7F ? $0 : "?" }))
  }
}
