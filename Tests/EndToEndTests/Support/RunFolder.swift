import Foundation
import Testing

/// What a run left behind, read as any other program would read it.
struct RunFolder {
  let url: URL
  let summary: [String: Any]

  init(_ url: URL) throws {
    self.url = url
    let data = try Data(contentsOf: url.appendingPathComponent("summary.json"))
    summary = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }

  func orders(_ name: String) -> Int { (summary["orders"] as? [String: Any])?[name] as? Int ?? -1 }

  var exitCode: Int { summary["exit_code"] as? Int ?? -1 }
  var verdict: String { summary["verdict"] as? String ?? "" }
  var outcomes: [String] { summary["outcomes"] as? [String] ?? [] }
  var audit: [String: Any] { summary["audit"] as? [String: Any] ?? [:] }
  var auditVerdict: String { audit["verdict"] as? String ?? "" }

  func check(_ name: String) -> [String: Any]? {
    (audit["checks"] as? [[String: Any]])?.first { $0["name"] as? String == name }
  }

  /// Every check that is not consistent, in words.
  var findings: String {
    (audit["checks"] as? [[String: Any]] ?? []).filter { $0["verdict"] as? String != "consistent" }
      .map { "\($0["verdict"] ?? ""): \($0["sentence"] ?? "")" }.joined(separator: "\n")
  }

  /// What became of one kind of request beside plain orders.
  func traffic(_ kind: String) -> (requests: Int, asExpected: Int, contrary: Int) {
    let found = (summary["traffic"] as? [[String: Any]])?.first { $0["kind"] as? String == kind }
    func count(_ name: String) -> Int { found?[name] as? Int ?? 0 }
    return (count("requests"), count("as_expected"), count("contrary"))
  }

  func errors(phase: String, kind: String) -> Int {
    (summary["errors"] as? [[String: Any]] ?? [])
      .filter { $0["phase"] as? String == phase && $0["kind"] as? String == kind }
      .reduce(0) { $0 + ($1["count"] as? Int ?? 0) }
  }

  /// One figure of a latency, in seconds; `nil` where it is unbounded.
  func latency(_ name: String, _ figure: String) -> Double? {
    ((summary["latency"] as? [String: Any])?[name] as? [String: Any])?[figure] as? Double
  }

  func count(_ figure: String, ofLatency name: String) -> Int {
    ((summary["latency"] as? [String: Any])?[name] as? [String: Any])?[figure] as? Int ?? -1
  }

  /// What is said about the load generator itself.
  var generator: [String: Any] { summary["generator"] as? [String: Any] ?? [:] }

  /// Whether loadgen itself stood still, and says that this may have decided a rule: such a run is no evidence of anything else.
  var isSpoilt: Bool { generator["valid"] as? Bool == false && "\(generator["reasons"] ?? "")".contains("the generator's own lag") }

  /// No order is missing, and none is counted twice.
  func expectConservation(_ location: SourceLocation = #_sourceLocation) {
    let o = orders
    #expect(o("scheduled") == o("submitted") + o("not_sent"), sourceLocation: location)
    #expect(
      o("submitted") == o("accepted") + o("rejected") + o("errored") + o("ambiguous"), sourceLocation: location)
    #expect(
      o("accepted") == o("completed") + o("cancelled") + o("failed") + o("unfinished"), sourceLocation: location)
    #expect(
      o("unfinished") == o("timed_out") + o("run_end") + o("lost") + o("unknown_status") + o("untracked"),
      sourceLocation: location)
  }
}
