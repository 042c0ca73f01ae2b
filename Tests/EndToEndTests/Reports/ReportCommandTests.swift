import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("loadgen report")
  struct ReportCommandTests {
    private static let earlier = Programs.fixtures.appendingPathComponent("summaries")

    /// What a folder holds, by name.
    private func contents(_ folder: URL) throws -> [String: Data] {
      var all: [String: Data] = [:]
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
        all[name] = try Data(contentsOf: folder.appendingPathComponent(name))
      }
      return all
    }

    private func simulate(_ folder: URL, _ flags: String...) async throws -> Programs.Finished {
      try await Programs.run(Programs.loadgen, ["simulate", "-q", "--order-log", "-n", "40", "-o", folder.path] + flags)
    }

    @Test("Reports that were lost or changed are made again as they were, and what else lies there stays")
    func again() async throws {
      try await withTemporaryFolder { folder in
        let runs = [folder.appendingPathComponent("one"), folder.appendingPathComponent("two")]
        for run in runs { #expect(try await simulate(run).code == 0) }
        let before = try runs.map(contents)
        for run in runs {
          for name in ["report.html", "junit.xml"] { try FileManager.default.removeItem(at: run.appendingPathComponent(name)) }
          try Data("changed".utf8).write(to: run.appendingPathComponent("report.md"))
          try Data("mine".utf8).write(to: run.appendingPathComponent("notes.txt"))
        }
        let done = try await Programs.loadgen("report", runs[0].path, runs[1].appendingPathComponent("summary.json").path)
        #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
        #expect(done.output == runs.map { "report  \($0.path)/report.html\n" }.joined())
        for (run, before) in zip(runs, before) {
          var after = try contents(run)
          let notes = after.removeValue(forKey: "notes.txt")
          #expect(notes == Data("mine".utf8))
          #expect(after == before)
        }
      }
    }

    @Test("--print prints what the run printed, and writes nothing; -o writes elsewhere, the summary too")
    func printed() async throws {
      try await withTemporaryFolder { folder in
        let run = folder.appendingPathComponent("run")
        let made = try await simulate(run)
        let before = try contents(run)
        let printed = try await Programs.loadgen("report", "--print", run.path)
        #expect(printed.code == 0 && !printed.output.isEmpty)
        #expect(made.output == printed.output + "\nreport  \(run.path)/report.html\n")
        let elsewhere = folder.appendingPathComponent("elsewhere")
        #expect(try await Programs.loadgen("report", run.path, "-o", elsewhere.path).code == 0)
        #expect(try contents(run) == before)
        var expected = before
        expected["orders.jsonl"] = nil
        #expect(try contents(elsewhere) == expected)
        // By another path the folder is still the run's own.
        #expect(try await Programs.loadgen("report", run.path, "-o", "\(elsewhere.path)/../run/").code == 0)
        #expect(try contents(run) == before)
      }
    }

    @Test("A summary of an earlier date is rendered, whole", arguments: ["2026-11-21", "2026-11-30"])
    func earlier(date: String) async throws {
      try await withTemporaryFolder { folder in
        let summary = Self.earlier.appendingPathComponent("\(date).json")
        let done = try await Programs.loadgen("report", "--print", summary.path, "-o", "\(folder.path)/run")
        #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
        #expect(done.output.contains("PASS") && done.output.contains("Audit of the server's own figures: consistent"), "\(done.output)")
        let run = try RunFolder(folder.appendingPathComponent("run"))
        for name in ["report.html", "report.md", "junit.xml", "timeseries.csv", "accept.hgrm"] { #expect(try !run.text(name).isEmpty) }
        // What it did not have is not there as something that was measured.
        #expect(try !run.text("report.html").contains("NaN"))
      }
    }

    @Test("Where one of several summaries is wrong, it is said in one line, and nothing is written to any folder")
    func bad() async throws {
      try await withTemporaryFolder { folder in
        let good = folder.appendingPathComponent("good")
        #expect(try await simulate(good).code == 0)
        try Data("changed".utf8).write(to: good.appendingPathComponent("report.md"))
        let bad = folder.appendingPathComponent("bad")
        try FileManager.default.createDirectory(at: bad, withIntermediateDirectories: true)
        try Data("old".utf8).write(to: bad.appendingPathComponent("report.html"))
        let summary = try Data(contentsOf: good.appendingPathComponent("summary.json"))
        let text = String(decoding: summary, as: UTF8.self)
        let cases: [(String?, String)] = [
          (nil, "it cannot be read: No such file"), ("", "not whole JSON"), (String(text.prefix(text.count / 2)), "not whole JSON"),
          (#"{"metrics":{},"root_group":{}}"#, "it has no 'schema_version'"),
          (text.replacing("\"schema_version\": 1", with: "\"schema_version\": 2"), "schema_version 2"),
          (text.replacing("\"scheduled\": 40", with: "\"scheduled\": -40"), "'orders.scheduled' is -40"),
          (text.replacing("\"scheduled\": 40", with: "\"scheduled\": NaN"), "not whole JSON"),
          (text.replacing("\"duration\": ", with: "\"duration\": 1e307, \"x\": "), "'run.duration' is 1e+307"),
          (text.replacing("\"significant_digits\": 3", with: "\"significant_digits\": 2"), "is no histogram"),
        ]
        for (content, message) in cases {
          let file = bad.appendingPathComponent("summary.json")
          try? FileManager.default.removeItem(at: file)
          if let content { try Data(content.utf8).write(to: file) }
          let before = [try contents(good), try contents(bad)]
          let done = try await Programs.loadgen("report", good.path, bad.path)
          #expect(done.code == 104 && done.output.isEmpty, "\(message): \(done.output)")
          #expect(done.errors.hasPrefix("loadgen: \(file.path): ") && done.errors.contains(message), "\(done.errors)")
          #expect(done.errors.split(separator: "\n").count == 1, "\(done.errors)")
          #expect(try [contents(good), contents(bad)] == before)
        }
      }
    }

    @Test("Whose reports would go where is said to be unclear, and nothing is written")
    func unclear() async throws {
      let file = Self.earlier.appendingPathComponent("2026-11-21.json").path
      let beside = try await Programs.loadgen("report", file)
      #expect(beside.code == 104 && beside.errors.contains("is not called summary.json"), "\(beside.errors)")
      let two = try await Programs.loadgen("report", file, file, "-o", "/nowhere")
      #expect(two.code == 104 && two.errors.contains("--report-dir: it takes the reports of one run"), "\(two.errors)")
      let none = try await Programs.loadgen("report")
      #expect(none.code == 104 && none.errors.split(separator: "\n").count == 1, "\(none.errors)")
    }

    @Test("Nothing in a summary's texts commands a terminal, a runner or a browser")
    func hostile() async throws {
      try await withTemporaryFolder { folder in
        let run = folder.appendingPathComponent("run")
        #expect(try await simulate(run, "--name", "harmless", "--label", "a=harmless").code == 0)
        let file = run.appendingPathComponent("summary.json")
        let evil = #"\u001b[2J\u0000\u0007<script>alert(1)</script>|`\u202e\r\n::add-mask::x\n##[add-mask]y\ufffe"#
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self).replacing("harmless", with: evil)
        try Data(text.replacing("\"sentence\": \"", with: "\"sentence\": \"\(evil)").utf8).write(to: file)
        let done = try await Programs.loadgen("report", "--print", run.path, "-o", run.path)
        #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
        #expect(RunnerLog.commands(in: done.output).isEmpty, "\(done.output)")
        #expect(done.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        let page = try String(contentsOf: run.appendingPathComponent("report.html"), encoding: .utf8)
        #expect(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"))
        #expect(try !String(contentsOf: run.appendingPathComponent("junit.xml"), encoding: .utf8).contains("<script>"))
      }
    }
  }
}
