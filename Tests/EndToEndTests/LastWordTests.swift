import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// What becomes of a run's results where the disk, the terminal or standard output goes away.
  @Suite("The last word of a run")
  struct LastWordTests {
    #if os(Linux)
      @Test("A disk that is full at the end takes what fits, the summary first; all is said on the terminal, and the run's code is its own")
      func fullDisk() async throws {
        try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
          try await withTemporaryFolder { folder in
            // A small disk of its own, that nobody else sees.
            let script = """
              mkdir "$1/disk" "$1/kept" && mount -t tmpfs -o size=96k loadgen "$1/disk" || exit 77
              "$2" run "$3" -n 300 -c 20 --poll 20ms -o "$1/disk" -q; code=$?
              cp -r "$1/disk/." "$1/kept"; exit $code
              """
            let done = try await Programs.run(
              "/usr/bin/env", ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder.path, Programs.loadgen, url])
            #expect(done.code == 0, "\(done.output)\(done.errors)")
            #expect(done.output.contains("PASS") && done.output.contains("300 orders accepted"), "\(done.output)")
            #expect(done.errors.contains("the disk is full"), "\(done.errors)")
            let run = try RunFolder(folder.appendingPathComponent("kept"))
            #expect(run.orders("completed") == 300)
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/kept")
            #expect(!kept.contains("report.html") && !kept.contains { $0.hasPrefix(".loadgen") }, "\(kept)")
          }
        }
      }

      @Test("Where standard output takes nothing, nothing ends with 0", arguments: ["run", "dialects", "--help", "self-test"])
      func fullOutput(command: String) async throws {
        try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
          let arguments =
            switch command {
            case "run": ["run", url, "-n", "20", "--no-report", "-q"]
            case "self-test": ["self-test", "--runs", "1"]
            default: [command]
            }
          let done = try await Programs.run("/usr/bin/env", ["sh", "-c", #"exec "$0" "$@" > /dev/full"#, Programs.loadgen] + arguments)
          #expect(done.code == 1, "\(done.errors)")
          #expect(done.errors.contains("standard output cannot be written"), "\(done.errors)")
        }
      }
    #endif

    @Test("Whoever stops reading is no fault of the run")
    func noReader() async throws {
      try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
        let script = #"{ "$0" run "$1" -n 20 --no-report -q; echo "code $?" >&2; } | true"#
        let done = try await Programs.run("/usr/bin/env", ["sh", "-c", script, Programs.loadgen, url])
        #expect(done.errors.contains("code 0") || done.errors.contains("code 141"), "\(done.errors)")
      }
    }

    @Test("SIGHUP ends a run as SIGTERM does: the report is written, and the served program is ended", arguments: [SIGHUP, SIGTERM])
    func hangUp(signal: Int32) async throws {
      try await withTemporaryFolder { folder in
        let port = try #require(try Nginx.freePorts(1).first)
        let command = "'\(Programs.orderServer)' --port \(port) --store memory --service-time 1h"
        let loadgen = try await RunningProgram.start(
          Programs.loadgen,
          ["run", "http://127.0.0.1:\(port)", "--serve", command, "--rate", "50/s", "-d", "10m", "-o", "\(folder.path)/run"])
        let url = "http://127.0.0.1:\(port)"
        try await until { try await metric("total_orders", at: url) >= 5 }
        loadgen.signal(signal)
        #expect(await loadgen.ended() == 105)
        let run = try RunFolder(folder.appendingPathComponent("run"))
        #expect(run.outcomes == ["interrupted"], "\(run.brokenThresholds)")
        // The answer of the last one may have been on its way.
        #expect(run.orders("submitted") >= 5)
        #expect(await (try? document(url + "/metrics")) == nil, "the served program still answers")
      }
    }

    #if os(Linux)
      @Test("A served program does not outlive loadgen, however that ends")
      func killed() async throws {
        let port = try #require(try Nginx.freePorts(1).first)
        let url = "http://127.0.0.1:\(port)"
        let command = "'\(Programs.orderServer)' --port \(port) --store memory --service-time 1h"
        let loadgen = try await RunningProgram.start(
          Programs.loadgen, ["run", url, "--serve", command, "--rate", "50/s", "-d", "10m", "--no-report"])
        try await until { try await metric("total_orders", at: url) >= 5 }
        loadgen.signal(SIGKILL)
        _ = await loadgen.ended()
        try await until { await (try? document(url + "/metrics")) == nil }
      }

      @Test("Where nothing can be printed the files are written all the same")
      func fullOutputKeepsFiles() async throws {
        try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
          try await withTemporaryFolder { folder in
            let done = try await Programs.run(
              "/usr/bin/env",
              ["sh", "-c", #"exec "$0" "$@" > /dev/full"#, Programs.loadgen, "run", url, "-n", "20", "-q", "-o", "\(folder.path)/run"])
            #expect(done.code == 1, "\(done.errors)")
            #expect(try RunFolder(folder.appendingPathComponent("run")).orders("completed") == 20)
          }
        }
      }
    #endif

    @Test("Whoever stops reading gets the simulation's files, too, and no signal ends it")
    func noReaderOfSimulation() async throws {
      try await withTemporaryFolder { folder in
        let script = #"{ "$0" simulate --rate 10/s -n 100 -q -o "$1"; echo "code $?" >&2; } | true"#
        let done = try await Programs.run("/usr/bin/env", ["sh", "-c", script, Programs.loadgen, "\(folder.path)/run"])
        #expect(done.errors.contains("code 0"), "\(done.errors)")
        #expect(try RunFolder(folder.appendingPathComponent("run")).orders("completed") == 100)
      }
    }

    @Test("A folder in which something is in the way of a report is refused before the first order, and left as it was")
    func blockedFolder() async throws {
      try await withTemporaryFolder { folder in
        let path = folder.path
        try FileManager.default.createDirectory(atPath: path + "/run/report.html", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: path + "/link", withDestinationPath: path + "/nowhere/at/all")
        let blocked = try await Programs.loadgen("run", "http://127.0.0.1:1", "-n", "1", "-o", path + "/run")
        #expect(blocked.code == 104 && blocked.errors.contains("has a folder named report.html"), "\(blocked.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/run") == ["report.html"])
        let dangling = try await Programs.loadgen("run", "http://127.0.0.1:1", "-n", "1", "-o", path + "/link")
        #expect(dangling.code == 104 && dangling.errors.contains("is a link that leads nowhere"), "\(dangling.errors)")
      }
    }

    #if os(Linux)
      @Test("The first Ctrl-C ends a run whose target may be silent for an hour")
      func interruptedAtSilence() async throws {
        try await RunningProgram.hostile(["full"]) { url in
          let loadgen = try await RunningProgram.start(
            Programs.loadgen, ["run", url, "-n", "5", "--request-timeout", "1h", "--no-report"])
          // A connect is under way (SYN_SENT), so that the signals are heard.
          let port = String(try #require(URLComponents(string: url)?.port), radix: 16, uppercase: true)
          let attempt = ":" + String(repeating: "0", count: 4 - port.count) + port + " 02"
          try await until {
            let table = try FileHandle(forReadingAtPath: "/proc/net/tcp")?.readToEnd() ?? Data()
            return String(decoding: table, as: UTF8.self).contains(attempt)
          }
          loadgen.signal(SIGINT)
          #expect(await loadgen.ended() == 105)
        }
      }
    #endif

    @Test("An earlier run's files do not stay beside those of the next")
    func staleFiles() async throws {
      try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
        try await withTemporaryFolder { folder in
          let path = folder.path + "/run"
          _ = try await Programs.loadgen("run", url, "-n", "20", "-o", path)
          try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "/notes.txt"))
          #expect(FileManager.default.fileExists(atPath: path + "/completion.lower.hgrm"))
          _ = try await Programs.loadgen("run", url, "-n", "20", "--no-follow", "-o", path)
          #expect(!FileManager.default.fileExists(atPath: path + "/completion.lower.hgrm"))
          #expect(
            FileManager.default.fileExists(atPath: path + "/notes.txt") && FileManager.default.fileExists(atPath: path + "/accept.hgrm"))
        }
      }
    }

    @Test("A run that was told to outlive its terminal does")
    func outlivesItsTerminal() async throws {
      try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
        let script = #"trap '' HUP; "$0" run "$1" --rate 50/s -n 60 --no-report -q & p=$!; sleep 0.5; kill -HUP $p; wait $p"#
        let done = try await Programs.run("/usr/bin/env", ["sh", "-c", script, Programs.loadgen, url])
        #expect(done.code == 0, "\(done.output)\(done.errors)")
      }
    }
  }
}
