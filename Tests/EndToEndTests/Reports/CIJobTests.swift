import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("A run in a job of GitHub Actions")
  struct CIJobTests {
    @Test("A run that fails says so at the head of the job, and adds its report to the job's summary")
    func failed() async throws {
      try await withTemporaryFolder { folder in
        let page = folder.appendingPathComponent("summary.md")
        try Data("# From an earlier program".utf8).write(to: page)
        let done = try await Programs.loadgen(
          "simulate", "-n", "20", "-q", "--workers", "2", "--fault", "total=+3", "--threshold", "completion.p(95)<1ns", "--exclusive", "-o",
          "\(folder.path)/run",
          environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": page.path])
        #expect(done.code == 120, "\(done.output)\(done.errors)")
        #expect(RunnerLog.commands(in: done.output).isEmpty)
        let commands = RunnerLog.commands(in: done.errors)
        #expect(commands == done.errors.split(separator: "\n").map(String.init))
        #expect(commands.first?.hasPrefix("::error title=Contradicted%3A ") == true, "\(commands)")
        #expect(commands.contains { $0.hasPrefix("::error title=Threshold failed%3A completion.p(95)<1ns::p(95)=") }, "\(commands)")
        let report = try RunFolder(folder.appendingPathComponent("run")).text("report.md")
        #expect(try String(contentsOf: page, encoding: .utf8) == "# From an earlier program\n\n" + report)
      }
    }

    @Test("Without a folder of its own a run still adds its report, and one that passed has no annotations")
    func passed() async throws {
      try await withTemporaryFolder { folder in
        let page = folder.appendingPathComponent("summary.md")
        let done = try await Programs.loadgen(
          "simulate", "-n", "20", "-q", "--no-report", environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": page.path])
        #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
        #expect(try String(contentsOf: page, encoding: .utf8).hasPrefix("## ✅ PASS `simulation`\n"))
      }
    }

    @Test("What ends a run before its first order is an error at the head of the job, and adds nothing to its summary")
    func refused() async throws {
      try await withTemporaryFolder { folder in
        let page = folder.appendingPathComponent("summary.md")
        let done = try await Programs.loadgen(
          "run", "http://127.0.0.1:1", environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": page.path])
        #expect(done.code == 104)
        let commands = RunnerLog.commands(in: done.errors)
        #expect(
          commands.count == 1 && commands[0].hasPrefix("::error title=loadgen::http://127.0.0.1:1 cannot be reached: "), "\(done.errors)")
        #expect(!FileManager.default.fileExists(atPath: page.path))
      }
    }

    @Test("A summary that cannot be written is a warning, and the run's result stands", arguments: ["/dev/full", "/nowhere/summary.md"])
    func unwritable(path: String) async throws {
      let done = try await Programs.loadgen("simulate", "-n", "20", "-q", "--no-report", environment: ["GITHUB_STEP_SUMMARY": path])
      #expect(done.code == 0)
      #expect(
        done.errors.hasPrefix("loadgen: warning: the job's summary (GITHUB_STEP_SUMMARY, \(path)) cannot be written: "), "\(done.errors)")
      #expect(done.errors.split(separator: "\n").count == 1)
    }

    @Test("A target whose every text is a command to the runner gives it none, in whatever is printed", .timeLimit(.minutes(5)))
    func hostile() async throws {
      let script = Programs.fixtures.appendingPathComponent("ci/commanding_server.py").path
      try await withTemporaryFolder { folder in
        try await RunningProgram.with("/usr/bin/env", ["python3", script]) { _, url in
          let ends = ["--poll", "20ms", "--order-timeout", "1s", "-n", "48", "-c", "4", "-o", "\(folder.path)/run"]
          for flags in [["--exclusive"], ["--shared-target"], ["--no-follow", "--keep-going"]] {
            let done = try await Programs.run(
              Programs.loadgen, ["run", url] + ends + flags, environment: ["GITHUB_ACTIONS": "true"])
            #expect(RunnerLog.commands(in: done.output).isEmpty, "\(done.output)")
            let commands = RunnerLog.commands(in: done.errors)
            #expect(!commands.isEmpty, "\(done.output)\(done.errors)")
            for command in commands {
              #expect(command.hasPrefix("::error title=") || command.hasPrefix("::warning title="), "\(command)")
              #expect(!command.hasPrefix("::error title=forged"))
            }
            // It did say such things, and the report tells of them.
            #expect(try RunFolder(folder.appendingPathComponent("run")).text("summary.json").contains("::add-mask::"))
            let printed = try await Programs.loadgen("report", "--print", "\(folder.path)/run")
            #expect(printed.code == 0 && RunnerLog.commands(in: printed.output + "\n" + printed.errors).isEmpty, "\(printed.output)")
          }
          for command in [["dialects", "check", "standard", "--target", url], ["dialects", "guess", url]] {
            let done = try await Programs.run(Programs.loadgen, command)
            #expect(RunnerLog.commands(in: done.output + "\n" + done.errors).isEmpty, "\(command): \(done.output)")
          }
        }
      }
    }
  }
}
