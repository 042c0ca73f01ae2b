import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// What happens to the file while a server keeps orders in it.
  @Suite("The store under a server's feet")
  struct StoreUnderItsFeetTests {
    private static func order(_ number: Int) -> String { StandardTests.order(number) }

    private func create(_ number: Int, at api: API) async throws -> Int { try await api.post("/orders", Self.order(number)).status }

    /// Something that is done to the files of a running server.
    struct Mishap: Sendable, CustomTestStringConvertible {
      var testDescription: String
      /// In shell; `orders.db` lies in the working directory.
      var happens: String
      /// How it is mended.
      var mended: String
    }

    static let mishaps = [
      Mishap(testDescription: "renamed", happens: "mv orders.db elsewhere.db", mended: "mv elsewhere.db orders.db"),
      Mishap(
        testDescription: "replaced by a copy", happens: "cp orders.db copy && mv orders.db kept && mv copy orders.db",
        mended: "mv kept orders.db"),
      Mishap(testDescription: "removed", happens: "ln orders.db kept && rm orders.db", mended: "ln kept orders.db"),
      Mishap(testDescription: "its log removed", happens: "ln orders.db-wal kept && rm orders.db-wal", mended: "ln kept orders.db-wal"),
      Mishap(
        testDescription: "its folder renamed", happens: "mv ../orders ../others && mkdir ../orders",
        mended: "cd .. && rmdir orders && mv others orders"),
    ]

    @Test(
      "Where the file is gone nothing is acknowledged, and health says so; once it is back all is well, and all is there",
      arguments: mishaps)
    func mishap(_ mishap: Mishap) async throws {
      try await withTemporaryFolder { parent in
        let folder = parent.appendingPathComponent("orders").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        func shell(_ script: String) async throws {
          let done = try await Programs.run("/bin/sh", ["-c", "cd '\(folder)' && \(script)"])
          try #require(done.code == 0, "\(done.errors)")
        }
        let flags = ["--store", "sqlite:\(folder)/orders.db", "--workers", "1", "--service-time", "1h"]
        let server = try await RunningProgram.start(Programs.orderServer, ["--port", "0"] + flags)
        let api = API(url: try await server.url())
        for number in 1...3 { #expect(try await create(number, at: api) == 201) }
        try await shell(mishap.happens)
        for number in 4...6 { #expect(try await create(number, at: api) == 503) }
        let health = try await api.get("/health")
        #expect(health.status == 503 && health.text.contains("was removed, renamed or replaced"), "\(health)")
        try await shell(mishap.mended)
        #expect(try await api.get("/health").status == 200)
        #expect(try await create(7, at: api) == 201)
        server.signal(SIGKILL)
        _ = await server.ended()
        try await RunningProgram.server(flags) { url in
          // A refused order has had no effect, and an acknowledged one is there.
          let total = try await metric("total_orders", at: url)
          #expect(total == 4)
        }
      }
    }

    @Test("A server that ends while another file lies in its place leaves that one alone")
    func leavesOthersAlone() async throws {
      try await withTemporaryFolder { folder in
        let path = folder.appendingPathComponent("orders.db").path
        let server = try await RunningProgram.start(Programs.orderServer, ["--port", "0", "--store", "sqlite:\(path)"])
        _ = try await server.url()
        try FileManager.default.removeItem(atPath: path)
        try Data("a letter".utf8).write(to: URL(fileURLWithPath: path))
        await server.stop()
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("a letter".utf8))
      }
    }

    @Test("One row with a wrong value is answered with 503 and named in the log, and the server serves on")
    func mistypedRow() async throws {
      try await withTemporaryFolder { folder in
        let (path, log) = ("\(folder.path)/orders.db", "\(folder.path)/log")
        let server = ["--port", "0", "--store", "sqlite:\(path)", "--service-time", "1ms"]
        try await RunningProgram.with("/bin/sh", ["-c", "exec \"$@\" 2> '\(log)'", "sh", Programs.orderServer] + server) { _, url in
          let api = API(url: url)
          let ids = try await sendOrders(1...3, to: api, body: Self.order)
          try await until { try await count("completed", at: url) == 3 }
          let script = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1], timeout=60) as file: file.execute("UPDATE orders SET created_at = 'long ago' WHERE number = 2")
            """
          let done = try await Programs.run("/usr/bin/env", ["python3", "-c", script, path])
          try #require(done.code == 0, "\(done.errors)")
          for path in ["/orders/\(ids[1])", "/orders", "/metrics/\(ids[1])"] {
            let answer = try await api.get(path)
            #expect(answer.status == 503 && !answer.text.contains("long ago"), "\(answer)")
          }
          #expect(try await api.get("/orders/\(ids[0])").status == 200)
          #expect(try await create(4, at: api) == 201)
          try await until { try await count("completed", at: url) == 4 }
          // The log waits for nobody, and so its lines may be late.
          try await until {
            String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
              .contains("row 2 of orders is damaged: created_at is a text, and should be a whole number")
          }
        }
      }
    }

    #if os(Linux)
      @Test("On a full disk health says so each time, and a start there names the file")
      func fullDisk() async throws {
        try await withTemporaryFolder { folder in
          // A small disk of its own, that nobody else sees; the second start is on the same.
          let script = """
            mkdir "$1/disk" && mount -t tmpfs -o size=6m orders "$1/disk" || exit 77
            "$2" --port 0 --store "sqlite:$1/disk/orders.db" --workers 1 --service-time 1h & echo $! > "$1/pid"; wait
            "$2" --port 0 --store "sqlite:$1/disk/orders.db" > "$1/again" 2>&1; echo $? > "$1/code"
            """
          let disk = try await RunningProgram.start(
            "/usr/bin/env", ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", folder.path, Programs.orderServer])
          let api = API(url: try await disk.url())
          func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
          }
          let items = [String](repeating: "\"\(String(repeating: "x", count: 200))\"", count: 200).joined(separator: ",")
          let large = #"{"user_id":"u","item_ids":[\#(items)],"total_amount":1}"#
          #expect(try await api.get("/health").status == 200)
          try await until { try await api.post("/orders", large).status == 503 }
          try await until { try await create(1, at: api) == 503 }
          for _ in 0..<50 {
            let health = try await api.get("/health")
            #expect(health.status == 503 && health.text.contains("the disk is full"), "\(health)")
          }
          let pid = try #require(pid_t(try text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
          kill(pid, SIGKILL)
          _ = await disk.ended()
          let again = try text("again")
          #expect(try text("code") == "104\n", "\(again)")
          #expect(again.contains("'\(folder.path)/disk/orders.db': the disk is full"), "\(again)")
        }
      }

      @Test("Where the size of files has a limit, the order beyond it is refused, health says so, and the server lives")
      func limitedSize() async throws {
        try await withTemporaryFolder { folder in
          let server = ["--port", "0", "--store", "sqlite:\(folder.path)/orders.db", "--workers", "1", "--service-time", "1h"]
          // In blocks of 512 bytes or of 1 KiB, whatever the shell has.
          try await RunningProgram.with("/bin/sh", ["-c", "ulimit -f 2400 && exec \"$@\"", "sh", Programs.orderServer] + server) { _, url in
            let api = API(url: url)
            var number = 0
            try await until {
              number += 1
              return try await create(number, at: api) == 503
            }
            let health = try await api.get("/health")
            #expect(health.status == 503, "\(health)")
            #expect(try await api.get("/ping").status == 200)
            #expect(try await metric("total_orders", at: url) >= number - 1)
          }
        }
      }
    #endif

    /// A server that has taken twenty orders, and was killed.
    private func takeTwentyAndDie(_ flags: [String]) async throws {
      let server = try await RunningProgram.start(Programs.orderServer, ["--port", "0"] + flags)
      _ = try await sendOrders(1...20, to: API(url: try await server.url()), body: Self.order)
      server.signal(SIGKILL)
      _ = await server.ended()
    }

    @Test("Where the log was cut nothing more is acknowledged")
    func cutLog() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder.path)/orders.db"
        try await RunningProgram.server(["--store", "sqlite:\(path)", "--service-time", "1h"]) { url in
          let api = API(url: url)
          for number in 1...3 { #expect(try await create(number, at: api) == 201) }
          try #require(truncate(path + "-wal", 0) == 0)
          for number in 4...6 { #expect(try await create(number, at: api) == 503) }
        }
      }
    }

    @Test("After a kill, a log that is there without its file is kept: the start is refused, and with the file back all is there")
    func missingFile() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder.path)/orders.db"
        let flags = ["--store", "sqlite:\(path)", "--service-time", "1ms"]
        try await takeTwentyAndDie(flags)
        let manager = FileManager.default
        try manager.moveItem(atPath: path, toPath: path + "-kept")
        for _ in 1...2 {
          let refused = try await Programs.run(Programs.orderServer, ["--port", "0"] + flags)
          #expect(refused.code == 104 && refused.output.isEmpty, "\(refused.output)")
          #expect(
            refused.errors.contains("put the file back, or remove the log") && refused.errors.contains("\(path)-wal"), "\(refused.errors)")
          #expect(!manager.fileExists(atPath: path))
        }
        try manager.moveItem(atPath: path + "-kept", toPath: path)
        // A record that is none, and would never end, is passed over.
        try manager.removeItem(atPath: path + "-commits")
        try #require(mkfifo(path + "-commits", 0o600) == 0)
        try await RunningProgram.server(flags) { url in
          let total = try await metric("total_orders", at: url)
          #expect(total == 20)
        }
      }
    }

    @Test("After a kill, a log that is missing is not passed over: the start is refused, and says what is missing and how to go on")
    func missingLog() async throws {
      try await withTemporaryFolder { folder in
        let path = "\(folder.path)/orders.db"
        let flags = ["--store", "sqlite:\(path)", "--service-time", "1ms"]
        try await takeTwentyAndDie(flags)
        try FileManager.default.removeItem(atPath: path + "-wal")
        let refused = try await Programs.run(Programs.orderServer, ["--port", "0"] + flags)
        #expect(refused.code == 104 && refused.output.isEmpty, "\(refused.output)")
        for word in [path, "20 orders", "\(path)-wal", "is damaged or missing", "remove '\(path)-commits' to go on"] {
          #expect(refused.errors.contains(word), "\(refused.errors)")
        }
        #expect(refused.errors.split(separator: "\n").count == 1)
        try FileManager.default.removeItem(atPath: path + "-commits")
        try await RunningProgram.server(flags) { url in
          let status = try await create(1, at: API(url: url))
          #expect(status == 201)
        }
      }
    }
  }
}
