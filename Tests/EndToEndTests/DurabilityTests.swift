import Foundation
import Testing

#if os(Linux)
  extension EndToEnd.OrderServer {
    /// The page cache survives a SIGKILL, and so a crash test cannot tell an order on disk from one that was only handed to the kernel.
    @Suite("Durability")
    struct DurabilityTests {
      @Test("A finished sync of the file lies between an order's insert and its 201")
      func syncsBeforeAnswering() async throws {
        #expect(try await syncedBeforeEveryAnswer(synchronous: "full"))
      }

      @Test("The test can fail: without syncs it finds none")
      func noticesMissingSyncs() async throws {
        #expect(try await !syncedBeforeEveryAnswer(synchronous: "off"))
      }

      /// Whether, in the order of system calls, each 201 follows a sync that was begun after the one before it.
      private func syncedBeforeEveryAnswer(synchronous: String) async throws -> Bool {
        try await withTemporaryFolder { folder in
          let trace = "\(folder.path)/trace"
          // Every call is written down with its begin and end: an unfinished sync is no sync.
          let tracer = try await RunningProgram.start(
            "/usr/bin/env",
            [
              "strace", "-f", "-qq", "-y", "-s", "16", "-e", "trace=fsync,fdatasync,write,writev,sendto,sendmsg", "-o", trace,
              Programs.orderServer, "--port", "0", "--store", "sqlite:\(folder.path)/orders.db?synchronous=\(synchronous)",
              "--workers", "1", "--service-time", "1h",
            ])
          let url = try await tracer.url()
          // One order at a time: the sync of another order proves nothing.
          let done = try await Programs.loadgen("run", url, "-c", "1", "-n", "20", "--no-follow", "--no-report", "--no-threshold", "errors")
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          let server = try await Programs.run("/usr/bin/env", ["pgrep", "-P", "\(tracer.pid)"])
          if let pid = pid_t(server.output.trimmingCharacters(in: .whitespacesAndNewlines)) {
            kill(pid, SIGTERM)
          } else {
            tracer.signal(SIGKILL)
          }
          _ = await tracer.ended()
          return try Self.judge(String(decoding: Data(contentsOf: URL(fileURLWithPath: trace)), as: UTF8.self))
        }
      }

      private static func judge(_ trace: String) throws -> Bool {
        var answers = 0
        var isSynced = false
        for line in trace.split(separator: "\n") {
          let isSync =
            (line.contains("fsync(") || line.contains("fdatasync(") || line.contains("fsync resumed") || line.contains("fdatasync resumed"))
          if isSync, line.hasSuffix("= 0"), !line.contains("unfinished") {
            isSynced = true
          } else if line.contains("HTTP/1.1 201") {
            answers += 1
            guard isSynced else { return false }
            isSynced = false
          }
        }
        try #require(answers == 20, "\(answers) answers were seen")
        return true
      }
    }
  }
#endif
