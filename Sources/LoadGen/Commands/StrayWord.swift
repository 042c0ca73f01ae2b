import ArgumentParser
import LoadReports
import LoadRun
import Shared

/// Finds a word where a command's name should be; the parser would report it only as an unexpected argument.
enum StrayWord {
  /// What is wrong with the first word that should be a command but is not, and what was probably meant; `nil` where there is no such word.
  /// - Parameter arguments: those of the program, without its name.
  static func refusal(of arguments: [String], to root: any ParsableCommand.Type) -> String? {
    var command: any ParsableCommand.Type = root
    var path = [root._commandName]
    for word in arguments {
      let commands = command.configuration.subcommands
      // Words after the innermost command, and after a flag, are up to the parser.
      guard !commands.isEmpty, !word.hasPrefix("-") else { return nil }
      if path.count == 1, word == "help" { return nil }
      guard let next = commands.first(where: { $0._commandName == word }) else {
        return refusal(of: word, among: commands.map { $0._commandName }, after: path)
      }
      command = next
      path.append(word)
    }
    return nil
  }

  private static func refusal(of word: String, among names: [String], after path: [String]) -> String {
    let program = path.joined(separator: " ")
    let shown = Spelling.shown(word)
    if path.count == 1, isTarget(word) { return "'\(shown)' is no command: did you mean '\(program) run \(shown)'?" }
    if path.count > 1, ScenarioFile.isOne(word) {
      return "'\(shown)' is no command: did you mean '\(program) check \(shown)'?"
    }
    let known = Array(path.dropFirst()) + [shown]
    let guess = Spelling.nearest(to: word, among: names).map { "did you mean '\($0)'?" } ?? "it can be \(list(names))"
    return "there is no command '\(known.joined(separator: " "))': \(guess)"
  }

  /// Whether the word is what `run` takes: a URL, `host:port`, or a scenario file.
  private static func isTarget(_ word: String) -> Bool {
    if word.contains("://") || ScenarioFile.isOne(word) { return true }
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && UInt16(parts[1].prefix { $0 != "/" }) != nil || word.hasPrefix("unix:")
  }

  private static func list(_ names: [String]) -> String {
    names.count < 2 ? names.joined() : "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
  }
}
