import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("A summary on disk")
struct SummaryFileTests {
  private let summary = SampleRun(rate: 10, seconds: 4, ambiguousOneIn: 7, lie: 2).summary()

  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "loadgen-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func write(_ content: Data, _ path: String) throws { try content.write(to: URL(fileURLWithPath: path)) }

  @Test("A run's folder and its file read as what was written")
  func reads() throws {
    try inFolder { folder in
      _ = try ReportFolder.write(summary, to: folder + "/run")
      for path in ["/run", "/run/", "/run/summary.json"] { #expect(try SummaryFile.read(folder + path) == summary) }
    }
  }

  /// A place in a summary's JSON, and what is put there.
  struct Edit: Sendable, CustomTestStringConvertible {
    let path: [String]
    let json: String
    let expected: String
    init(_ path: String, _ json: String, _ expected: String) {
      (self.path, self.json, self.expected) = (path.split(separator: "/").map(String.init), json, expected)
    }
    var testDescription: String { "\(path.joined(separator: ".")) = \(json.prefix(40))" }

    func made(of value: Any, _ rest: ArraySlice<String>) throws -> Any {
      guard let key = rest.first else { return try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) }
      if let index = Int(key), var list = value as? [Any] {
        list[index] = try made(of: list[index], rest.dropFirst())
        return list
      }
      var object = try #require(value as? [String: Any])
      object[key] = try made(of: object[key] as Any, rest.dropFirst())
      return object
    }
  }

  @Test(
    "What no run can have written is refused in one line that begins with the path and names the place",
    arguments: [
      Edit("schema_version", "2", "schema_version 2"), Edit("orders/accepted", "-1", "'orders.accepted' is -1"),
      Edit("orders/lost", "9223372036854775807", "'orders.lost' is 9223372036854775807"),
      Edit("latency/accept/count", "-5", "'latency.accept' is -5"), Edit("run/duration", "1e300", "'run.duration' is 1e+300"),
      Edit("generator/busy_share", "-1e30", "'generator.busy_share'"), Edit("latency/accept/p50", "1e18", "'latency.accept'"),
      Edit("histograms/accept/sum", "1e300", "'histograms.accept' is no histogram"),
      Edit("histograms/accept/min", "0", "'histograms.accept'"),
      Edit("histograms/accept/sum", "0", "'histograms.accept'"), Edit("histograms/accept/unit", #""ms""#, "'histograms.accept'"),
      Edit("histograms/accept/pairs", "[[99999999,1]]", "'histograms.accept'"),
      Edit("histograms/slip/pairs", "[[5,0]]", "'histograms.slip'"),
      Edit("histograms/slip/pairs", "[[5,18446744073709551615],[6,1]]", "'histograms.slip'"),
      Edit("blocks/seconds", "0", "'blocks.seconds' is 0"), Edit("blocks/items/0/t", "4000000000", "rising 't'"),
      Edit("blocks/items/0/t", "-1", "rising 't'"), Edit("blocks/items/0/polls", "-1", "'blocks.items' have counts"),
      Edit("blocks/items/0/accept", "[[-3,1]]", "'blocks.items' have counts"),
      Edit("blocks/items/0/accept", "[[7,1],[7,1]]", "'blocks.items'"),
      Edit("audit/checks/0/outside", "-1", "'audit.checks' is -1"), Edit("audit/checks/0/first_at", "-1e40", "'audit.checks.first_at'"),
      Edit("errors/0/count", "-3", "'errors.count' is -3"), Edit("verdict", #""\n::error::\u001b[2J""#, "'verdict' is none of the values"),
    ])
  func refused(edit: Edit) throws {
    try inFolder { folder in
      let object = try JSONSerialization.jsonObject(with: summary.json())
      let path = folder + "/summary.json"
      try write(JSONSerialization.data(withJSONObject: edit.made(of: object, edit.path[...])), path)
      let error = #expect(throws: ConfigurationError.self) { try SummaryFile.read(folder) }
      let text = error?.description ?? ""
      #expect(text.hasPrefix(path + ": ") && text.contains(edit.expected), "\(text)")
      #expect(!text.contains("\n") && !text.contains("\u{1B}"))
    }
  }

  @Test("A list that is longer than any run's is refused, however well its entries are formed")
  func tooMany() throws {
    try inFolder { folder in
      var summary = self.summary
      summary.errors = Array(
        repeating: Summary.ErrorCount(phase: "poll", kind: "reset", status: nil, count: 1, example: nil), count: Summary.mostEntries + 1)
      try write(summary.json(), folder + "/summary.json")
      #expect(throws: ConfigurationError.self) { try SummaryFile.read(folder) }
      summary.errors = Array(summary.errors.dropLast())
      try write(summary.json(), folder + "/summary.json")
      #expect(try SummaryFile.read(folder) == summary)
    }
  }

  @Test(
    "What is no summary at all is refused with its reason", arguments: ["", "{", "{}", "[1]", #"{"schema_version":1,"verdict":"pass"}"#])
  func noSummary(text: String) throws {
    try inFolder { folder in
      try write(Data(text.utf8), folder + "/x.json")
      let error = #expect(throws: ConfigurationError.self) { try SummaryFile.read(folder + "/x.json") }
      #expect(error?.description.hasPrefix(folder + "/x.json: this is not a ") == true, "\(error?.description ?? "")")
    }
  }

  @Test("Where there is nothing to read, or no end to it, that is said")
  func nothing() throws {
    try inFolder { folder in
      for path in [folder, folder + "/none", "/dev/zero", ""] {
        let error = #expect(throws: ConfigurationError.self) { try SummaryFile.read(path) }
        #expect(error?.description.contains("give a run's folder, or its summary.json") == true, "\(error?.description ?? "")")
      }
      // Without a byte of it taking room.
      let path = folder + "/summary.json"
      #expect(FileManager.default.createFile(atPath: path, contents: nil))
      #expect(truncate(path, off_t(SummaryFile.largest) + 1) == 0)
      let error = #expect(throws: ConfigurationError.self) { try SummaryFile.read(folder) }
      #expect(error?.description.contains("it has more than 268435456 bytes") == true)
    }
  }

  @Test("Every report can be made of what is read, whatever its texts are")
  func renders() throws {
    var made = 0
    for seed in 0..<40 as Range<UInt64> {
      var random = RandomSummary(seed: seed)
      let summary = random.summary()
      // A drawn summary may be one that no run has.
      if summary.fault != nil { continue }
      try inFolder { folder in
        try write(summary.json(), folder + "/summary.json")
        let read = try SummaryFile.read(folder)
        #expect(read == summary)
        #expect(try ReportFolder.renew(read, in: folder).isEmpty)
      }
      made += 1
    }
    #expect(made > 10)
  }

  @Test("Reports that are made again replace the old ones, and leave summary, order log and what else is there alone")
  func renewed() throws {
    try inFolder { folder in
      _ = try ReportFolder.write(summary, to: folder)
      for name in ["orders.jsonl", "orders.csv"] { try write(Data("log".utf8), "\(folder)/\(name)") }
      let old = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      // A key of a later version.
      var object = try #require(try JSONSerialization.jsonObject(with: summary.json()) as? [String: Any])
      object["of_tomorrow"] = 1
      let later = try JSONSerialization.data(withJSONObject: object)
      try write(later, folder + "/summary.json")
      for name in ["report.html", "report.md", "notes.txt"] { try write(Data("mine".utf8), "\(folder)/\(name)") }
      #expect(try ReportFolder.renew(SummaryFile.read(folder), in: folder).isEmpty)
      func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/summary.json")) == later)
      for name in ["orders.jsonl", "orders.csv"] { #expect(try text(name) == "log") }
      #expect(try text("notes.txt") == "mine")
      #expect(try text("report.html") == HTMLReport.render(summary))
      #expect(try text("report.md") == MarkdownReport.render(summary))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == (old + ["notes.txt"]).sorted())
    }
  }
}
