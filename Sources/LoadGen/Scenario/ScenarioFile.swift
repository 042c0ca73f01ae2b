import Foundation
import Yams

/// A scenario in YAML: one key to a setting, named as its long flag, lists for those that may be given several times.
enum ScenarioFile {
  /// Adds the file's settings.
  /// - Throws: `ConfigurationError` that names file, line and key.
  static func read(_ path: String, into layers: inout SettingLayers) throws(ConfigurationError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError("the scenario file '\(path)' cannot be read: give a URL, or the path of a YAML file")
    }
    guard let text = String(data: data, encoding: .utf8) else {
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
      layers.set(setting, try texts(value, setting, origin), from: origin)
    }
  }

  private static func texts(_ node: Node, _ setting: Setting, _ origin: String) throws(ConfigurationError) -> [String] {
    if let scalar = node.scalar { return [scalar.string] }
    let mayBeList = setting.isList || setting.joint != nil
    guard mayBeList, let sequence = node.sequence else {
      throw ConfigurationError("\(origin) is \(mayBeList ? "a value or a list of values" : "one value")")
    }
    var texts: [String] = []
    for item in sequence {
      guard let scalar = item.scalar else { throw ConfigurationError("\(origin) is a list of plain values") }
      texts.append(scalar.string)
    }
    if let joint = setting.joint { return [texts.joined(separator: joint)] }
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
