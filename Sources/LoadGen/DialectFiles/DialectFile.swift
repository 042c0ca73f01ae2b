import Foundation
import Shared
import Yams

/// A dialect as a file: how an API that nobody here has seen spells things. `docs/dialects.md` says what may stand in it.
enum DialectFile {
  /// The built-in dialect of a name, or the one in a file.
  /// - Throws: `ConfigurationError`.
  static func dialect(_ nameOrPath: String) throws(ConfigurationError) -> Dialect {
    if let dialect = Dialect.builtIn(named: nameOrPath) { return dialect }
    guard nameOrPath.contains("/") || nameOrPath.contains(".") else {
      let names = Dialect.builtIn.map(\.name)
      let nearest = Spelling.nearest(to: nameOrPath, among: names).map { "did you mean '\($0)'? Otherwise" } ?? "there are \(names.joined(separator: ", "));"
      throw ConfigurationError("'\(nameOrPath)' is no dialect: \(nearest) give a file, as in my-shop.yaml")
    }
    return try read(nameOrPath)
  }

  /// - Throws: `ConfigurationError` that names file, line and key, what was found, and what would be right.
  static func read(_ path: String) throws(ConfigurationError) -> Dialect {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError("the dialect file '\(path)' cannot be read: give the path of a YAML file, or a name out of 'loadgen dialects'")
    }
    guard let text = String(data: data, encoding: .utf8) else { throw ConfigurationError("the dialect file '\(path)' is not UTF-8 text") }
    return try read(text: text, file: path)
  }

  /// - Parameter file: as errors name it.
  static func read(text: String, file: String) throws(ConfigurationError) -> Dialect {
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw ConfigurationError("\(file): it is not YAML: \(Self.firstLine(error))")
    }
    guard let root else { throw ConfigurationError("\(file): it is empty; begin with what 'loadgen dialects show standard' prints") }
    let section = try FileSection(root, file: file, name: "", line: root.mark?.line ?? 1, keys: keys)
    return try DialectReader(section).dialect()
  }

  static let keys = [
    "name", "summary", "like", "ready", "headers", "create", "status", "cancel", "list", "metrics", "order_metrics", "authentication",
    "assumptions",
  ]

  private static func firstLine(_ error: any Error) -> String {
    "\(error)".split(separator: "\n").prefix(2).map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
  }
}
