import Foundation
package import Shared
import SystemPackage
import Yams

/// A scenario in YAML: one key to a setting, named as its long flag, lists for those that may be given several times.
///
/// Paths in it count from its own folder, wherever loadgen is started.
package enum ScenarioFile {
  /// The most that is read, in bytes.
  private static let largest = 1 << 20

  /// Adds the file's settings.
  /// - Throws: `ConfigurationError` that names file, line and key.
  package static func read(_ path: String, into layers: inout SettingLayers) throws(ConfigurationError) {
    let data: Data
    do throws(InputFile.Fault) { data = try InputFile.read(path, most: largest) } catch {
      throw ConfigurationError("the scenario file '\(path)' \(error): give a URL, or the path of a YAML file")
    }
    guard let text = String(textOf: data) else {
      throw ConfigurationError("the scenario file '\(path)' is not UTF-8 text")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      throw ConfigurationError("the scenario file '\(path)' is not YAML: \(firstLine(error))")
    }
    guard let root else { return }
    guard let mapping = root.mapping else {
      throw ConfigurationError("\(path):\(line(root)): a scenario is a list of 'key: value' lines, as in 'rate: 200/s'")
    }
    for (key, value) in mapping {
      let name = key.string ?? "?"
      let origin = "\(path):\(line(key)): \(name)"
      guard let setting = Setting(rawValue: name) else {
        throw ConfigurationError("\(origin) is no setting: \(nearest(name))")
      }
      let texts = try texts(value, setting, origin)
      let place = texts.first.flatMap { setting.isPath ? Self.place(of: $0, as: setting, in: path) : nil }
      layers.set(setting, place.map { [$0] } ?? texts, from: origin, written: place == nil ? nil : texts.first)
    }
  }

  /// A scenario's own name: its file's, without what tells its kind.
  package static func name(_ path: String) -> String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

  /// Whether an argument is the path of one.
  package static func isOne(_ place: String) -> Bool { place.hasSuffix(".yaml") || place.hasSuffix(".yml") }

  /// Where a file lies that a scenario names; `nil` where that does not depend on the scenario's folder.
  private static func place(of text: String, as setting: Setting, in path: String) -> String? {
    guard setting != .dialect || Scenario.isDialectFile(text), !text.isEmpty, !text.hasPrefix("/") else { return nil }
    // Foundation's `deletingLastPathComponent` ends the program where the path is one letter.
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? nil : folder.string + (folder.string.hasSuffix("/") ? "" : "/") + text
  }

  private static func texts(_ node: Node, _ setting: Setting, _ origin: String) throws(ConfigurationError) -> [String] {
    if let scalar = node.scalar { return [scalar.string] }
    if let pairs = try pairs(node, setting, origin) { return pairs }
    let mayBeList = setting.isList || setting.joint != nil
    guard mayBeList, let sequence = node.sequence else {
      let kinds = setting.pairJoint == nil ? "a value or a list of values" : "a value, a list of values, or a mapping"
      throw ConfigurationError("\(origin) is \(mayBeList ? kinds : "one value")")
    }
    var texts: [String] = []
    for item in sequence {
      if let scalar = item.scalar {
        texts.append(scalar.string)
      } else if let pairs = try pairs(item, setting, origin) {
        texts += pairs
      } else {
        throw ConfigurationError("\(origin) is a list of plain values")
      }
    }
    if let joint = setting.joint { return [texts.joined(separator: joint)] }
    return texts
  }

  /// `commit: 4f2a` for `commit=4f2a`, where the setting's values have two parts; `nil` where it is no mapping, or must not be one.
  private static func pairs(_ node: Node, _ setting: Setting, _ origin: String) throws(ConfigurationError) -> [String]? {
    guard let joint = setting.pairJoint, let mapping = node.mapping else { return nil }
    var texts: [String] = []
    for (key, value) in mapping {
      guard let name = key.scalar, let scalar = value.scalar else {
        throw ConfigurationError("\(origin) is a mapping of plain values, as in '\(setting == .label ? "commit: 4f2a" : "X-Trace: 1")'")
      }
      // The value's first joint would else be taken for this one's.
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

  /// What was probably meant.
  private static func nearest(_ name: String) -> String {
    guard let nearest = Spelling.nearest(to: name, among: Setting.allCases.map(\.rawValue)) else {
      return "it can be one of \(Setting.allCases.map(\.rawValue).joined(separator: ", "))"
    }
    return "did you mean '\(nearest)'?"
  }
}
