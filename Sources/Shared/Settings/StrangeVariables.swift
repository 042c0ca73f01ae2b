/// Variables that look like a program's settings and are none: they were probably meant to be.
public enum StrangeVariables {
  /// A line about each, in the order of their names. What Kubernetes sets for a service of the program's name is passed over.
  /// - Parameters:
  ///   - prefix: what the program's variables begin with, with its underscore.
  ///   - known: all of its variables.
  public static func notes(in environment: [String: String], prefix: String, known: [String]) -> [String] {
    let names = Set(known)
    return environment.keys.sorted().compactMap { name in
      guard name.hasPrefix(prefix), !names.contains(name), let value = environment[name],
        !ServiceLink.isOne(name, value: value, after: prefix)
      else { return nil }
      // By what follows the prefix: this they have in common.
      let words = known.map { String($0.dropFirst(prefix.count)) }
      let guess = Spelling.nearest(to: String(name.dropFirst(prefix.count)), among: words).map { ": did you mean \(prefix)\($0)?" }
      return "\(Spelling.shown(name)) is set, and is no setting\(guess ?? ", so that it changes nothing")"
    }
  }
}

extension Spelling {
  /// A name from outside, fit to stand in one line.
  public static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.prefix(80).map { $0.value >= 0x20 && $0.value != 0x7F ? $0 : "?" }))
  }
}
