#if os(Linux)
  import Foundation
  import Testing

  extension EndToEnd.Attacks {
    /// Readers that stand still, of answers and of the log.
    @Suite("Readers that stand still", .timeLimit(.minutes(15)))
    struct StandingReaderTests {
      @Test(
        "Lists of large orders that nobody reads cost a page each, and neither other answers nor the end wait for them",
        arguments: ["memory", "sqlite"])
      func lists(store: String) async throws {
        try await withTemporaryFolder { folder in
          let place = store == "memory" ? "memory" : "sqlite:///\(folder.path)/orders.sqlite"
          let program = try await RunningProgram.start(
            Programs.orderServer, ["--port", "0", "--store", place, "--service-time", "1h", "--write-timeout", "1h"])
          do {
            let api = API(url: try await program.url())
            let item = String(repeating: "\u{1F4E6}", count: 255)
            let items = Array(repeating: "\"\(item)\"", count: 730).joined(separator: ",")
            for _ in 0..<24 {
              let answer = try await api.post("/orders", #"{"user_id":"u","item_ids":[\#(items)],"total_amount":1}"#)
              #expect(answer.status == 201)
            }
            let whole = 24 * items.utf8.count
            let before = try program.peakMemory()
            let after = try await onThread {
              let readers = try (0..<40).map { _ in try RawConnection(to: api) }
              for reader in readers { reader.send("GET /orders?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n") }
              for reader in readers { #expect(reader.hasInput(within: Int32(patience.components.seconds) * 1_000)) }
              let other = try RawConnection(to: api)
              other.send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
              #expect(try other.lastAnswer().status == 200)
              let after = try program.peakMemory()
              program.signal(SIGTERM)
              // They stand there until the end.
              while kill(program.pid, 0) == 0 { Thread.sleep(forTimeInterval: 0.01) }
              withExtendedLifetime(readers) {}
              return after
            }
            #expect(await program.ended() == 0)
            #expect(after - before < 40 * whole / 2, "\(after - before) bytes more for forty lists of \(whole) bytes")
          } catch {
            program.signal(SIGKILL)
            _ = await program.ended()
            throw error
          }
        }
      }

      @Test(
        "A run whose terminal takes nothing more ends by the first signal, with its report", arguments: [SIGINT, SIGTERM], [true, false])
      func run(signal number: Int32, isErrorsToo: Bool) async throws {
        try await withTemporaryFolder { folder in
          try await RunningProgram.server(["--store", "memory", "--service-time", "1ms"]) { url in
            let fifo = folder.appendingPathComponent("output").path
            try #require(mkfifo(fifo, 0o600) == 0)
            let reader = open(fifo, O_RDWR | O_NONBLOCK)
            try #require(reader >= 0)
            defer { close(reader) }
            while write(reader, "x", 1) == 1 {}
            let report = folder.appendingPathComponent("report")
            let program = try await RunningProgram.start(
              "/bin/sh",
              [
                "-c", #"exec "$0" "$@" >"$FIFO" 2>"$ERRORS""#, Programs.loadgen, "run", url, "--rate", "20/s", "-d", "1h", "-o",
                report.path,
              ], environment: ["FIFO": fifo, "ERRORS": isErrorsToo ? fifo : "/dev/null"])
            try await until { try await metric("total_orders", at: url) > 0 }
            program.signal(number)
            #expect(await program.ended() == 105)
            #expect(FileManager.default.fileExists(atPath: report.appendingPathComponent("summary.json").path))
          }
        }
      }

      @Test("A log that nobody reads stops neither answers nor the end", arguments: ["text", "json"])
      func log(format: String) async throws {
        try await withTemporaryFolder { folder in
          let fifo = folder.appendingPathComponent("log").path
          try #require(mkfifo(fifo, 0o600) == 0)
          let reader = open(fifo, O_RDWR)
          try #require(reader >= 0)
          defer { close(reader) }
          let program = try await RunningProgram.start(
            "/bin/sh",
            ["-c", #"exec "$0" "$@" 2>"$FIFO""#, Programs.orderServer, "--port", "0", "--store", "memory", "--log-format", format],
            environment: ["FIFO": fifo, "ORDER_SERVER_LOG_LEVEL": "debug"])
          do {
            let api = API(url: try await program.url())
            // Each leaves a line of a hundred bytes, and a pipe holds 64 KiB.
            for _ in 0..<1_200 { #expect(try await api.get("/metrics").status == 200) }
            #expect(await program.stop() == 0)
          } catch {
            program.signal(SIGKILL)
            _ = await program.ended()
            throw error
          }
        }
      }
    }
  }
#endif
