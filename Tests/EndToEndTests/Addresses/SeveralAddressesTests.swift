#if os(Linux)
  import Foundation
  import Testing

  extension EndToEnd.Targets {
    @Suite("A name with several addresses")
    struct SeveralAddressesTests {
      private static let script = Programs.fixtures.appendingPathComponent("named.sh").path

      /// Whether this user may have a namespace of mounts, in which a name can be given addresses.
      static let mayName: Bool = {
        // There a missing one is a fault, and no reason to skip.
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: script)
        process.arguments = ["/etc/hosts", "true"]
        (process.standardError, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
      }()

      /// Runs loadgen where `shop` has these addresses.
      private func run(_ addresses: [String], _ url: String, _ flags: [String]) async throws -> (Programs.Finished, RunFolder) {
        let port = try #require(url.split(separator: ":").last)
        return try await withTemporaryFolder { folder in
          let hosts = folder.appendingPathComponent("hosts")
          let lines = ["127.0.0.1 localhost"] + addresses.map { "\($0) shop" }
          try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: hosts)
          let done = try await Programs.run(
            Self.script, [hosts.path, Programs.loadgen, "run", "http://shop:\(port)", "--poll", "20ms", "-o", "\(folder.path)/run"] + flags)
          return (done, try RunFolder(folder.appendingPathComponent("run")))
        }
      }

      @Test(
        "Connections are opened to all of its addresses in turn", .enabled(if: mayName, "needs a namespace of mounts"), arguments: [1, 2])
      func spread(loops: Int) async throws {
        try await PeerOrders.with(["--at", "127.0.0.2", "--at", "127.0.0.3"]) { url in
          let (done, run) = try await run(
            ["127.0.0.2", "127.0.0.3"], url, ["-n", "100", "-c", "10", "--event-loops", "\(loops)", "--no-keep-alive"])
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          #expect(run.orders("completed") == 100)
          #expect(done.errors.contains("shop has 2 addresses, connections are spread over them: 127.0.0.2, 127.0.0.3"), "\(done.errors)")
          let connections = try await PeerOrders.connections(url)
          let (first, second) = (connections["127.0.0.2"] ?? 0, connections["127.0.0.3"] ?? 0)
          // One more for asking it what it has seen, and one for each look before the first order; each loop begins with another one.
          #expect(abs(first - second) <= 4 && first > 50, "\(connections)")
        }
      }

      @Test(
        "An address that nobody listens at costs no order, and is told", .enabled(if: mayName, "needs a namespace of mounts"),
        arguments: [["127.0.0.4", "127.0.0.3"], ["127.0.0.3", "127.0.0.4"]])
      func dead(addresses: [String]) async throws {
        try await PeerOrders.with(["--at", "127.0.0.3"]) { url in
          let (done, run) = try await run(addresses, url, ["-n", "200", "-c", "10", "--no-keep-alive"])
          #expect(done.code == 0, "\(done.output)\(done.errors)")
          #expect(run.orders("completed") == 200)
          #expect((run.summary["errors"] as? [Any])?.isEmpty == true, "\(run.summary["errors"] ?? "")")
          #expect(done.errors.contains("127.0.0.4 cannot be reached (Connection refused), and is left out"), "\(done.errors)")
        }
      }

      @Test("Once an address is gone in the midst of a run, the others take over", .enabled(if: mayName, "needs a namespace of mounts"))
      func leaves() async throws {
        try await PeerOrders.with(["--at", "127.0.0.3", "--at", "127.0.0.2", "--leave", "127.0.0.2"]) { url in
          let flags = ["-n", "300", "-c", "5", "--no-threshold", "errors", "--no-keep-alive"]
          let (done, run) = try await run(["127.0.0.2", "127.0.0.3"], url, flags)
          // What was under way on the connections that were cut off is lost to the client; nothing else is.
          #expect(run.orders("completed") == run.orders("accepted"), "\(done.output)\(done.errors)")
          #expect(run.orders("accepted") >= 300 - 10, "\(done.output)")
          #expect(run.errors(phase: "create", kind: "refused") == 0 && run.errors(phase: "poll", kind: "refused") == 0, "\(done.output)")
        }
      }

      @Test("Where none of them can be reached it is said before the first order", .enabled(if: mayName, "needs a namespace of mounts"))
      func none() async throws {
        try await withTemporaryFolder { folder in
          let hosts = folder.appendingPathComponent("hosts")
          try Data("127.0.0.4 shop\n127.0.0.5 shop\n".utf8).write(to: hosts)
          let done = try await Programs.run(Self.script, [hosts.path, Programs.loadgen, "run", "http://shop:9", "-n", "1", "--no-report"])
          #expect(done.code == 104)
          #expect(done.errors.contains("http://shop:9 cannot be reached: Connection refused"), "\(done.errors)")
        }
      }
    }
  }
#endif
