import Foundation
import Testing

/// What a comparison left behind, read as any other program would read it.
struct ComparisonFile {
  let content: [String: Any]

  init(_ folder: URL) throws {
    let data = try Data(contentsOf: folder.appendingPathComponent("compare.json"))
    content = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func figure(_ name: String) -> [String: Any]? {
    (content["figures"] as? [[String: Any]])?.first { $0["figure"] as? String == name }
  }

  func verdict(_ name: String) -> String { figure(name)?["verdict"] as? String ?? "none" }

  /// The ratio or difference by the upper ends.
  func change(_ name: String) -> (estimate: Double?, low: Double?, high: Double?) {
    let upper = figure(name)?["upper"] as? [String: Any] ?? [:]
    return (upper["estimate"] as? Double, upper["low"] as? Double, upper["high"] as? Double)
  }

  var method: [String: Any] { content["method"] as? [String: Any] ?? [:] }
  var exitCode: Int { content["exit_code"] as? Int ?? -1 }
}
