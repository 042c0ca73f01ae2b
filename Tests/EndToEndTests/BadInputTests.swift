import Foundation
import Testing

extension EndToEnd.LoadGen {
  @Suite("Bad input")
  struct BadInputTests {
    @Test(
      "loadgen says in one line what is wrong and what would be right, and ends with 104",
      arguments: [
        (["run"], "there is no target"),
        (["run", "http://127.0.0.1:9", "--bogus"], "--bogus"),
        (["run", "http://127.0.0.1:9", "-d", "30"], "--duration: '30' is not a duration: it needs a unit"),
        (["run", "http://127.0.0.1:9", "--dialect", "klingon"], "it is one of standard"),
        (["run", "http://127.0.0.1:9", "--rate", "5/s"], "--rate has no end"),
        (["run", "http://127.0.0.1:9", "--rate", "0/s..9/s for 1m"], "a ramp goes 'over' its time, as in 0/s..9/s over 1m"),
        (["run", "http://127.0.0.1:9", "--schedule", "/nowhere"], "--schedule: '/nowhere' is not a schedule: it cannot be read"),
        (["run", "http://127.0.0.1:9", "--rate", "5/s for 9s", "--think-time", "1s"], "with --rate nobody waits"),
        (["run", "http://127.0.0.1:9", "-n", "0"], "--orders: '0' is not a count"),
        (["run", "http://127.0.0.1:9", "--threshold", "acept.p(99)<5ms"], "did you mean 'accept'"),
        (["run", "http://127.0.0.1:9", "--threshold", "accept.p(101)<5ms"], "'p(101)' is no percentile"),
        (["run", "http://127.0.0.1:9", "--exclusive", "--shared-target"], "contradict one another"),
        (["run", "https://127.0.0.1:1"], "cannot be reached: Connection refused"),
        (["run", "ftp://127.0.0.1:9"], "the scheme 'ftp' is neither http nor https"),
        (["run", "http://127.0.0.1:1"], "cannot be reached: Connection refused"),
        (["run", "http://nowhere.invalid"], "is not known"),
        (["run", "/nowhere/scenario.yaml"], "cannot be read"),
        (["run", "http://127.0.0.1:1", "-o", "/dev/full"], "'/dev/full' is no folder"),
        (["run", "http://127.0.0.1:1", "-o", "/etc/passwd/report"], "lies under a file"),
        (["run", "http://127.0.0.1:9", "--schedule", "/dev/zero"], "it is a device, and no file"),
        (["run", "http://127.0.0.1:9", "--user-file", "/dev/zero"], "it is a device, and no file"),
        (["run", "http://127.0.0.1:9", "--dialect", "/dev/zero"], "is a device, and no file"),
        (["run", "http://127.0.0.1:9", "--rate", "1e30/s", "-d", "1s"], "at most 1e12/s"),
        (["run", "http://127.0.0.1:9", "--name", "a\u{1B}[2Jb"], "--name: it has a control character in it, U+001B: leave that out"),
        (["run", "http://127.0.0.1:9", "--label", "a=b\u{202E}c"], "--label: it has a control character in it, U+202E"),
        (["run", "http://127.0.0.1:9", "--serve", "echo x\u{9B}2J"], "--serve: it has a control character in it, U+009B"),
        (["rum", "http://127.0.0.1:9"], "there is no command 'rum': did you mean 'run'?"),
        (["http://127.0.0.1:9", "-n", "5"], "did you mean 'loadgen run http://127.0.0.1:9'?"),
        (["dialects", "chekc", "standard"], "there is no command 'dialects chekc': did you mean 'check'?"),
      ])
    func loadgen(arguments: [String], message: String) async throws {
      let done = try await Programs.run(Programs.loadgen, arguments)
      #expect(done.code == 104)
      #expect(done.output.isEmpty)
      #expect(done.errors.contains(message), "\(done.errors)")
      #expect(done.errors.split(separator: "\n").count == 1, "\(done.errors)")
    }

    @Test("A wrong value is blamed on the place it came from: file and line, variable, or flag")
    func origins() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("load.yaml")
        try Data("target: http://127.0.0.1:1\norders: 10\npoll: soon\n".utf8).write(to: file)
        let fromFile = try await Programs.loadgen("run", file.path)
        #expect(fromFile.code == 104)
        #expect(fromFile.errors.contains("load.yaml:3: poll: 'soon' is not a duration"), "\(fromFile.errors)")
        let fromVariable = try await Programs.loadgen("run", file.path, environment: ["LOADGEN_POLL": "later"])
        #expect(fromVariable.errors.contains("LOADGEN_POLL: 'later'"), "\(fromVariable.errors)")
        let fromFlag = try await Programs.loadgen("run", file.path, "--poll", "never", environment: ["LOADGEN_POLL": "later"])
        #expect(fromFlag.errors.contains("--poll: 'never'"), "\(fromFlag.errors)")
        try Data("target: http://127.0.0.1:1\nordres: 10\n".utf8).write(to: file)
        let misspelt = try await Programs.loadgen("run", file.path)
        #expect(misspelt.errors.contains("load.yaml:2: ordres is no setting: did you mean 'orders'?"), "\(misspelt.errors)")
      }
    }

    @Test(
      "order-server says in one line what is wrong, and ends with 104",
      arguments: [
        (["--port", "99999"], "99999"), (["--service-time", "5"], "needs a unit"), (["--profile", "klingon"], "standard"),
        (["--store", "sqlite:/dev/full"], "/dev/full"), (["--bogus"], "--bogus"), (["--workers", "0"], "--workers"),
        (["rum"], "there is no command 'rum'"), (["8000"], "did you mean '--port 8000'?"), (["prot"], "did you mean '--port'?"),
        (["--profile", "fcsf"], "did you mean 'fcfs'?"), (["--profile", "\u{1B}[2J\u{9B}m\u{202E}x"], "in it, U+001B"),
        (["--\u{1B}[2J"], "[2J"), (["--store", "sqlite:/nowhere/\u{7}.db"], "U+0007"),
      ])
    func server(arguments: [String], message: String) async throws {
      let done = try await Programs.run(Programs.orderServer, arguments)
      #expect(done.code == 104)
      #expect(done.errors.contains(message), "\(done.errors)")
      #expect(done.errors.split(separator: "\n").count == 1, "\(done.errors)")
      // Nothing of it commands the terminal.
      #expect(done.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control && $0 != "\u{202E}" })
    }

    @Test("A variable that is no setting is named beside all else, with the one that was meant; Kubernetes' own are not")
    func strangeVariables() async throws {
      let strange = [
        "LOADGEN_RAT": "5/s", "LOADGEN_PORT": "tcp://10.0.0.1:80", "LOADGEN_SERVICE_HOST": "10.0.0.1", "LOADGEN_USER": "ann:hunter2",
      ]
      let note = "loadgen: note: LOADGEN_RAT is set, and is no setting: did you mean LOADGEN_RATE?\n"
      for arguments in [["run", "http://127.0.0.1:1", "-n", "1"], ["dialects", "check", "standard", "--target", "http://127.0.0.1:1"]] {
        let done = try await Programs.run(Programs.loadgen, arguments, environment: strange)
        #expect(done.code == 104 && done.errors.hasPrefix(note), "\(done.errors)")
        #expect(!done.errors.contains("10.0.0.1") && !done.errors.contains("hunter2"), "\(done.errors)")
      }
      let simulated = try await Programs.run(
        Programs.loadgen, ["simulate", "-n", "10", "--no-report", "-q"], environment: ["LOADGEN_RAT": "5/s"])
      #expect(simulated.code == 0 && simulated.errors == note, "\(simulated.errors)")
    }

    #if os(Linux)
      @Test("What Kubernetes sets for a service of its name does not stop order-server")
      func serviceLinks() async throws {
        let links = [
          "ORDER_SERVER_PORT": "tcp://10.96.0.1:8000", "ORDER_SERVER_SERVICE_HOST": "10.96.0.1", "ORDER_SERVER_SERVICE_PORT": "8000",
          "ORDER_SERVER_PORT_8000_TCP": "tcp://10.96.0.1:8000", "ORDER_SERVER_PORT_8000_TCP_ADDR": "10.96.0.1",
        ]
        // The usual port, on an address that nobody else has.
        let host = (0..<3).reduce("127") { host, _ in "\(host).\(Int.random(in: 2...250))" }
        try await RunningProgram.with(Programs.orderServer, ["--store", "memory", "--host", host], environment: links) { _, url in
          #expect(url == "http://\(host):8000")
          try await API(url: url).get("/ping").expect(200, #"{"message":"Success"}"#)
        }
      }
    #endif

    @Test("A scenario's files lie beside it, wherever loadgen is started, and its run is named after it")
    func scenarioFolder() async throws {
      try await withTemporaryFolder { folder in
        let sub = folder.appendingPathComponent("sub")
        try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true)
        let lines = [
          "dialect: mine.yaml", "schedule: times.csv", "user-file: users.txt", "label: {commit: 4f2a}", "header:", "  X-Trace: 1",
          "poll: 10ms",
        ]
        try Data(lines.joined(separator: "\r\n").utf8).write(to: sub.appendingPathComponent("nightly.yaml"))
        try Data("like: basic-auth\r\nready: /ping\r\n".utf8).write(to: sub.appendingPathComponent("mine.yaml"))
        try Data("\u{FEFF}time;who\r\n0,05;a\r\n\"0,1\";b\r\n".utf8).write(to: sub.appendingPathComponent("times.csv"))
        try Data("\u{FEFF}ann: s3cret \r\n# nobody\r\nbob:s3cret\r\n".utf8).write(to: sub.appendingPathComponent("users.txt"))
        try await served(
          "basic-auth", "--service-time", "1ms", environment: ["ORDER_SERVER_ACCOUNTS": "\u{FEFF}ann: s3cret \r\nbob:s3cret"]
        ) { api in
          let done = try await Programs.run(
            "/usr/bin/env", ["-C", folder.path, Programs.loadgen, "run", "sub/nightly.yaml", "--target", api.url, "-q"])
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let reports = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("reports").path)
          #expect(reports.count == 1 && reports[0].hasSuffix("Z-nightly"), "\(reports)")
          let run = try RunFolder(folder.appendingPathComponent("reports").appendingPathComponent(try #require(reports.first)))
          #expect(run.orders("completed") == 2)
          let labels = (run.summary["run"] as? [String: Any])?["labels"] as? [String: String]
          #expect(labels == ["commit": "4f2a"])
        }
      }
    }

    @Test("A file that is no database is named, and left as it is")
    func noDatabase() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("notes.txt")
        let text = Data(String(repeating: "these are my notes, and no database at all\n", count: 100).utf8)
        try text.write(to: file)
        let done = try await Programs.run(Programs.orderServer, ["--port", "0", "--store", "sqlite:\(file.path)"])
        #expect(done.code == 104)
        #expect(done.errors.contains(file.path), "\(done.errors)")
        #expect(try Data(contentsOf: file) == text)
      }
    }

    @Test("A port that is in use is named")
    func portInUse() async throws {
      try await RunningProgram.server(["--store", "memory"]) { url in
        let port = url.split(separator: ":").last.map(String.init) ?? ""
        let done = try await Programs.run(Programs.orderServer, ["--store", "memory", "--port", port])
        #expect(done.code == 104)
        #expect(done.errors.contains(port), "\(done.errors)")
      }
    }

    @Test("--help shows an example and ends with 0", arguments: ["run", "demo"])
    func help(command: String) async throws {
      let done = try await Programs.loadgen(command, "--help")
      #expect(done.code == 0)
      #expect(done.output.contains("loadgen \(command)"))
      #expect(try await Programs.run(Programs.orderServer, ["--help"]).code == 0)
    }
  }
}
