import Foundation
import Shared

/// Which files a run reads, and what it is called.
extension Scenario {
  /// Whether this is the path of a dialect file, and not a dialect's name.
  static func isDialectFile(_ place: String) -> Bool {
    Dialect.builtIn(named: place) == nil && (place.contains("/") || place.hasSuffix(".yaml") || place.hasSuffix(".yml"))
  }

  /// Refuses a path in a scenario file where nothing is at that path, which is relative to the scenario's folder, while the working
  /// directory has a file of that name: that one may have been meant.
  static func refuseMisplaced(_ settings: SettingLayers) throws(ConfigurationError) {
    let manager = FileManager.default
    for setting in Setting.allCases {
      guard let value = settings[setting], let written = value.written, let path = value.texts.first,
        !manager.fileExists(atPath: path), manager.fileExists(atPath: written)
      else { continue }
      throw ConfigurationError(
        "\(value.origin): there is no '\(path)': a path in a scenario file counts from the file's own folder, and not from the working "
          + "directory, where there is a '\(written)': move it, or write its path from the scenario's folder")
    }
  }

  /// What to call a run that nobody named: by the target's host, its port unless it is the usual one, and its path.
  /// - Parameters:
  ///   - target: as it was written. With `{port}`, the target is a program started for this run, and its port means nothing.
  ///   - dialect: the dialect's name, which takes the host's place in that case.
  static func name(_ target: String, dialect: String) -> String {
    guard let url = try? TargetURL(text: target.replacing("{port}", with: "80")) else { return "run" }
    let path = url.basePath.split(separator: "/").map(String.init)
    if let socket = url.socketPath { return ([socketName(socket)] + path).joined(separator: "-") }
    if target.contains("{port}") { return ([dialect] + path).joined(separator: "-") }
    let host = url.host.contains(":") ? "[\(url.host)]" : url.host
    let port = url.authority == host ? [] : ["\(url.port)"]
    return ([host] + port + path).joined(separator: "-")
  }

  /// As in `orders` for `/run/orders.sock`.
  private static func socketName(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? "run"
    return file.hasSuffix(".sock") && file.count > 5 ? String(file.dropLast(5)) : file
  }
}
