import Foundation
import Shared

/// What files a run is made of, and what it is called.
extension Scenario {
  /// Whether it is a dialect's file, and not its name.
  static func isDialectFile(_ place: String) -> Bool {
    Dialect.builtIn(named: place) == nil && (place.contains("/") || place.hasSuffix(".yaml") || place.hasSuffix(".yml"))
  }

  /// A path in a scenario file counts from its folder. Where nothing is there, and something where loadgen was started, that is said: it may
  /// have been meant.
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

  /// What a run against a target is called that nobody named: the target's host, its port where it is not the usual one, and its path.
  /// - Parameters:
  ///   - target: as it was written; with `{port}` it is a program of the run's own, on a port that means nothing.
  ///   - dialect: what such a run is called.
  static func name(_ target: String, dialect: String) -> String {
    guard let url = try? TargetURL(text: target.replacing("{port}", with: "80")) else { return "run" }
    let path = url.basePath.split(separator: "/").map(String.init)
    if let socket = url.socketPath { return ([socketName(socket)] + path).joined(separator: "-") }
    if target.contains("{port}") { return ([dialect] + path).joined(separator: "-") }
    let host = url.host.contains(":") ? "[\(url.host)]" : url.host
    let port = url.authority == host ? [] : ["\(url.port)"]
    return ([host] + port + path).joined(separator: "-")
  }

  /// As in orders of /run/orders.sock.
  private static func socketName(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? "run"
    return file.hasSuffix(".sock") && file.count > 5 ? String(file.dropLast(5)) : file
  }
}
