import Foundation
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Report folder")
struct ReportFolderTests {
  private let manager = FileManager.default

  /// A folder of its own for each test, removed afterwards; all that is in it is listed.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "loadgen-tests-" + UUID().uuidString
    try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? manager.removeItem(atPath: path) }
    try body(path)
  }

  private func names(_ path: String) throws -> [String] { try manager.contentsOfDirectory(atPath: path).sorted() }

  private let some = [ReportFolder.File(name: "a", content: Data("1".utf8)), ReportFolder.File(name: "b", content: Data("2".utf8))]

  @Test("All files of a run are there, and nothing else, and the summary reads back")
  func complete() throws {
    try inFolder { folder in
      let summary = SampleRun(rate: 30).summary()
      let path = folder + "/reports/deep/run"
      let missing = try ReportFolder.write(summary, to: path + "/")
      #expect(missing.isEmpty)
      #expect(
        try names(path) == [
          "accept.hgrm", "accept_service.hgrm", "completion.lower.hgrm", "completion.upper.hgrm", "junit.xml", "latencies.hlog",
          "report.html", "report.md", "summary.json", "timeseries.csv",
        ])
      #expect(try names(folder + "/reports/deep") == ["run"])
      #expect(try Summary.read(from: Data(contentsOf: URL(fileURLWithPath: path + "/summary.json"))) == summary)
    }
  }

  @Test(
    "A folder lies in the one that its path says, however short that is",
    arguments: [("r", "."), ("run", "."), ("/r", "/"), ("a/r", "a"), ("/a/r", "/a"), ("a//r", "a"), ("//r", "/"), ("..", "."), ("/", "/")])
  func parent(path: String, folder: String) {
    #expect(StagingFolder.parent(of: path) == folder)
  }

  @Test("Where a run is written again, its files are replaced and others are left alone")
  func again() throws {
    try inFolder { folder in
      try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/notes.txt"))
      try manager.createSymbolicLink(atPath: folder + "/b", withDestinationPath: "/dev/full")
      _ = try ReportFolder.write(some, to: folder)
      _ = try ReportFolder.write([ReportFolder.File(name: "a", content: Data("3".utf8))], to: folder)
      #expect(try names(folder) == ["a", "b", "notes.txt"])
      #expect(try String(contentsOfFile: folder + "/a", encoding: .utf8) == "3")
      #expect(try String(contentsOfFile: folder + "/b", encoding: .utf8) == "2")
      #expect(try String(contentsOfFile: folder + "/notes.txt", encoding: .utf8) == "mine")
    }
  }

  @Test("Where a file cannot be written, the others are kept, and it is told why this one is missing")
  func keepsWhatFits() throws {
    try inFolder { folder in
      let broken = [some[0], ReportFolder.File(name: "no/such", content: Data()), some[1]]
      for path in [folder + "/x/y/z", folder] {
        let missing = try ReportFolder.write(broken, to: path)
        #expect(missing.map(\.description).joined().contains("no/such"))
        #expect(try names(path).filter { $0 != "x" } == ["a", "b"])
      }
    }
  }

  @Test("Where the first file, which all others are made from, cannot be written, none is, and the folders made for it are gone")
  func nothingWithoutTheSummary() throws {
    try inFolder { folder in
      let broken = [ReportFolder.File(name: "no/such", content: Data())] + some
      #expect(throws: ReportFolderError.self) { _ = try ReportFolder.write(broken, to: folder + "/x/y/z") }
      #expect(try names(folder).isEmpty)
      _ = try ReportFolder.write(some, to: folder + "/there")
      let other = [ReportFolder.File(name: "no/such", content: Data()), ReportFolder.File(name: "a", content: Data("9".utf8))]
      #expect(throws: ReportFolderError.self) { _ = try ReportFolder.write(other, to: folder + "/there") }
      #expect(try String(contentsOfFile: folder + "/there/a", encoding: .utf8) == "1")
      #expect(try names(folder + "/there") == ["a", "b"])
    }
  }

  @Test("Where something else has a file's name, an error says so and nothing of ours stays")
  func inTheWay() throws {
    try inFolder { folder in
      try manager.createDirectory(atPath: folder + "/a", withIntermediateDirectories: true)
      let error = #expect(throws: ReportFolderError.self) { _ = try ReportFolder.write(some, to: folder) }
      #expect(error?.description.contains("'\(folder)' has a folder named a") == true)
      #expect(try names(folder) == ["a"])
    }
  }

  @Test(
    "A path that can hold no folder is refused before the run, in one line with the path and what would be right",
    arguments: [
      "/dev/full", "/dev/null/x", "/dev/full/deep/er", "FILE", "FILE/x", "FILE/x/y", "", String(repeating: "n", count: 300),
    ])
  func refused(path: String) throws {
    try inFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/FILE"))
      let path = path.isEmpty || path.hasPrefix("/") ? path : folder + "/" + path
      let error = #expect(throws: ReportFolderError.self) { try ReportFolder.checkWritable(path) }
      #expect(throws: ReportFolderError.self) { _ = try ReportFolder.write(some, to: path) }
      let text = error?.description ?? ""
      #expect(text.contains("'\(path)'") && text.contains("give") && !text.contains("\n"), "\(text)")
      #expect(try names(folder) == ["FILE"])
    }
  }

  @Test("A folder that may not be written to is refused", .enabled(if: geteuid() != 0, "root may write everywhere"))
  func forbidden() throws {
    try inFolder { folder in
      try manager.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder)
      defer { try? manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder) }
      for path in [folder, folder + "/x", folder + "/x/y"] {
        let error = #expect(throws: ReportFolderError.self) { try ReportFolder.checkWritable(path) }
        #expect(error?.description.contains("may not be written to") == true)
      }
    }
  }

  @Test("The check leaves no trace, whether the folder is there or not")
  func checkLeavesNothing() throws {
    try inFolder { folder in
      try ReportFolder.checkWritable(folder)
      try ReportFolder.checkWritable(folder + "/x/y/")
      #expect(try names(folder).isEmpty)
    }
  }

  @Test(
    "The default folder is named by time and scenario, in characters that every system takes",
    arguments: [
      ("2026-09-21T14:13:20Z", "demo", "reports/2026-09-21T14-13-20Z-demo"),
      ("2026-09-21T14:13:20.123Z", "", "reports/2026-09-21T14-13-20Z-run"),
      ("2026-09-21T14:13:20Z", "../../etc/passwd", "reports/2026-09-21T14-13-20Z-etc-passwd"),
      ("2026-09-21T14:13:20Z", "a b/é\n", "reports/2026-09-21T14-13-20Z-a-b---"),
    ])
  func defaultName(startedAt: String, name: String, expected: String) {
    #expect(ReportFolder.defaultPath(startedAt: startedAt, name: name) == expected)
    let taken: Set<String> = [expected, expected + "-2"]
    #expect(ReportFolder.defaultPath(startedAt: startedAt, name: name, exists: taken.contains) == expected + "-3")
  }
}
