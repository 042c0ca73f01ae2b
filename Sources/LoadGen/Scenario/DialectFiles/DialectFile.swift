import Foundation
import Shared
import Yams

/// Reads dialects from YAML files.
enum DialectFile {
  /// The longest file that is read, in bytes: a dialect takes a few kilobytes.
  static let largest = 1 << 20

  /// - Throws: `ConfigurationError`, in one line: file, line and key, what was found there, and what would be right.
  static func read(_ path: String) throws(ConfigurationError) -> Dialect {
    let data: Data
    do throws(InputFile.Fault) { data = try InputFile.read(path, most: largest) } catch {
      throw ConfigurationError("the dialect file '\(path)' \(error): 'loadgen dialects' lists the dialects that need none")
    }
    guard let text = String(textOf: data) else {
      throw ConfigurationError("the dialect file '\(path)' is not UTF-8 text")
    }
    return try read(text, path: path)
  }

  /// - Parameter path: what errors call the file; the file's name is the dialect's, where the text does not say one.
  static func read(_ text: String, path: String) throws(ConfigurationError) -> Dialect {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch { throw notYAML(error, path) }
    guard let root, root.scalar?.string.isEmpty != true else {
      throw ConfigurationError(
        "\(path):1: the file is empty: 'loadgen dialects show standard > \(path)' writes one to start from")
    }
    let file = DialectNode(root, file: path, line: root.mark?.line ?? 1, key: "")
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return try DialectReader.dialect(file, name: stem)
  }

  private static func notYAML(_ error: any Error, _ path: String) -> ConfigurationError {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      // Braces outside of quotes are the usual cause: they begin a mapping.
      ConfigurationError(
        "\(path):\(mark.line): this is not YAML: \(problem); a text with braces, colons or quotes in it must stand in quotes, "
          + "as in '/orders/{id}'")
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      ConfigurationError("\(path):\(context.mark.line): \(keys.joined(separator: ", ")) stands twice in one place: leave one of them out")
    case YamlError.reader(let problem, _, _, _):
      ConfigurationError("\(path):1: this is not YAML: \(problem)")
    default: ConfigurationError("\(path):1: this is not YAML: \("\(error)".split(separator: "\n").first ?? "it cannot be read")")
    }
  }
}
