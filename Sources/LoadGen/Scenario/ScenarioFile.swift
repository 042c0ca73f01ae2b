import Foundation
package import Shared
import SystemPackage
import Yams

/// A scenario in YAML: one key per setting, named like its long flag; lists for those that may be given several times.
///
/// Relative paths in it are relative to its own folder, wherever loadgen is started.
package struct ScenarioFile {
  private let path: String
  private let entries: [Entry]

  private struct Entry {
    var name: String
    /// As in `load.yaml:3: rate`.
    var origin: String
    var value: Node
  }

  /// The longest file that is read, in bytes.
  private static let largest = 1 << 20

  /// - Parameter known: the names of all settings that the file may have.
  /// - Throws: `ConfigurationError` that names file, line and key.
  package init(_ path: String, known: [String] = Setting.allCases.map(\.rawValue)) throws(ConfigurationError) {
    self.path = path
    let data: Data
    do throws(InputFile.Fault) { data = try InputFile.read(path, most: Self.largest) } catch {
      throw ConfigurationError("the scenario file '\(path)' \(error): give a URL, or the path of a YAML file")
    }
    guard let text = String(textOf: data) else {
      throw ConfigurationError("the scenario file '\(path)' is not UTF-8 text")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw ConfigurationError("the scenario file '\(path)' is not YAML: \(Self.firstLine(error))")
    }
    var entries: [Entry] = []
    if let root {
      guard let mapping = root.mapping else {
        throw ConfigurationError("\(path):\(Self.line(root)): a scenario is a list of 'key: value' lines, as in 'rate: 200/s'")
      }
      for (key, value) in mapping {
        let name = key.string ?? "?"
        let origin = "\(path):\(Self.line(key)): \(name)"
        guard known.contains(name) else { throw ConfigurationError("\(origin) is no setting: \(Self.nearest(name, among: known))") }
        entries.append(Entry(name: name, origin: origin, value: value))
      }
    }
    self.entries = entries
  }

  /// Adds the file's settings of one kind, and skips all others.
  /// - Throws: `ConfigurationError` that names file, line and key.
  package func add<Key>(to layers: inout LayeredSettings<Key>) throws(ConfigurationError) {
    for entry in entries {
      guard let setting = Key(rawValue: entry.name) else { continue }
      let kind = setting.declaration.kind
      let texts = try Self.texts(entry.value, kind, entry.origin)
      let place = texts.first.flatMap { kind == .path ? self.place(of: $0, mayBeName: setting.rawValue == Setting.dialect.rawValue) : nil }
      layers.set(setting, place.map { [$0] } ?? texts, from: entry.origin, written: place == nil ? nil : texts.first)
    }
  }

  /// The name of a scenario whose file says none: the file's name without its extension.
  package static func name(_ path: String) -> String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

  /// Whether an argument is the path of a scenario file, by its extension.
  package static func isOne(_ place: String) -> Bool { place.hasSuffix(".yaml") || place.hasSuffix(".yml") }

  /// The path of a file named in the scenario, from the working directory; `nil` where the path does not depend on the scenario's folder.
  /// - Parameter mayBeName: whether the text may be a dialect's name instead.
  private func place(of text: String, mayBeName: Bool) -> String? {
    guard !mayBeName || Scenario.isDialectFile(text), !text.isEmpty, !text.hasPrefix("/") else { return nil }
    // Foundation's `deletingLastPathComponent` crashes where the path is a single letter.
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? nil : folder.string + (folder.string.hasSuffix("/") ? "" : "/") + text
  }

  private static func texts(_ node: Node, _ kind: SettingForm.Kind, _ origin: String) throws(ConfigurationError) -> [String] {
    if let scalar = node.scalar { return [scalar.string] }
    if let pairs = try pairs(node, kind, origin) { return pairs }
    let takes: String
    switch kind {
    case .one, .path, .onOff: throw ConfigurationError("\(origin) is one value")
    case .joined, .list: takes = "a value or a list of values"
    case .pairs: takes = "a value, a list of values, or a mapping"
    }
    guard let sequence = node.sequence else { throw ConfigurationError("\(origin) is \(takes)") }
    var texts: [String] = []
    for item in sequence {
      if let scalar = item.scalar {
        texts.append(scalar.string)
      } else if let pairs = try pairs(item, kind, origin) {
        texts += pairs
      } else {
        throw ConfigurationError("\(origin) is a list of plain values")
      }
    }
    if case .joined(let joint) = kind { return [texts.joined(separator: joint)] }
    return texts
  }

  /// `commit=4f2a` for `commit: 4f2a`, where the setting's values have two parts; `nil` where it is not a mapping, or must not be one.
  private static func pairs(_ node: Node, _ kind: SettingForm.Kind, _ origin: String) throws(ConfigurationError) -> [String]? {
    guard case .pairs(let joint, let example) = kind, let mapping = node.mapping else { return nil }
    var texts: [String] = []
    for (key, value) in mapping {
      guard let name = key.scalar, let scalar = value.scalar else {
        throw ConfigurationError("\(origin) is a mapping of plain values, as in '\(example)'")
      }
      // Otherwise the text would be split within the key when it is read.
      guard !name.string.utf8.contains(joint.utf8.first ?? 0) else {
        throw ConfigurationError("\(origin): '\(Spelling.shown(name.string))' cannot be a key: it has '\(joint.prefix(1))' in it")
      }
      texts.append(name.string + joint + scalar.string)
    }
    return texts
  }

  private static func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

  private static func firstLine(_ error: any Error) -> String {
    "\(error)".split(separator: "\n").first.map(String.init) ?? "it cannot be read"
  }

  /// The end of an error: what was probably meant, or else what is possible.
  private static func nearest(_ name: String, among known: [String]) -> String {
    Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" } ?? "it can be one of \(known.joined(separator: ", "))"
  }
}
