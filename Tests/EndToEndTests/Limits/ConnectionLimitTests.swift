import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// Clients that are too slow, or too many, held against the built program.
  @Suite("Limits of connections", .timeLimit(.minutes(15)))
  struct ConnectionLimitTests {
    private static let ping = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(
      "Who sends a byte now and then is told after the time for the whole, and cut off",
      arguments: [
        ("GET /ping HTTP/1.1\r\n", "X"), ("GET /", "a"), ("POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", " "),
        ("POST /orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"),
        (ping + "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", " "),
      ])
    func slowSenders(beginning: String, piece: String) async throws {
      try await served("sequential", "--read-timeout", "300ms", "--idle-timeout", "1h") { api in
        let (elapsed, received) = try await onThread {
          let connection = try RawConnection(to: api)
          let began = ContinuousClock.now
          connection.send(beginning)
          var received = Data()
          if beginning.hasPrefix(Self.ping) { received = try connection.answer().body }
          while !connection.hasInput(within: 20) { connection.send(piece) }
          return (ContinuousClock.now - began, received + connection.rest())
        }
        let text = String(decoding: received, as: UTF8.self)
        #expect(elapsed >= .milliseconds(300))
        #expect(text.contains("HTTP/1.1 408 Request Timeout\r\n"), "\(text)")
        #expect(text.hasSuffix(#"{"error":"The request did not come whole within 300ms."}"#), "\(text)")
        #expect(try await api.get("/ping").status == 200)
      }
    }

    private static let wholeRequests = [
      ping, "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n{ }",
      "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
      "POST /orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{ }\r\n0\r\n\r\n", ping + ping,
    ]

    @Test(
      "A head that begins in one packet with the request before has its time, too; where nothing follows, nothing is missed",
      arguments: wholeRequests, ["", "\r\n", "G", "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"])
    func pipelinedHead(before: String, head: String) async throws {
      let isWhole = head.allSatisfy(\.isNewline)
      try await served("sequential", "--read-timeout", "200ms", "--idle-timeout", isWhole ? "800ms" : "1h") { api in
        let received = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send(before + head)
          return String(decoding: connection.rest(), as: UTF8.self)
        }
        #expect(received.hasPrefix("HTTP/1.1 "))
        #expect(received.contains("HTTP/1.1 408 ") == !isWhole, "\(received)")
      }
    }

    @Test("Who sends in pieces, but in time, is answered")
    func pieces() async throws {
      try await served("fcfs") { api in
        let body = #"{"user_id":"u","item_ids":["i"],"total_amount":1}"#
        let request = "POST /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
        let status = try await onThread {
          let connection = try RawConnection(to: api)
          for byte in request.utf8 { connection.send(Data([byte])) }
          return try connection.lastAnswer().status
        }
        #expect(status == 201)
      }
    }

    @Test("A connection without a request is closed after its time, whether it had one before or not", arguments: [false, true])
    func idle(hasHadOne: Bool) async throws {
      try await served("standard", "--idle-timeout", "200ms") { api in
        let (elapsed, received) = try await onThread {
          // Before the server can have begun to count: this thread may stand still after any step.
          var began = ContinuousClock.now
          var connection = try RawConnection(to: api)
          if hasHadOne {
            connection.send(Self.ping)
            // Sent too late, it found the connection closed.
            while (try? connection.answer().status) != 200 {
              began = .now
              connection = try RawConnection(to: api)
              connection.send(Self.ping)
            }
          }
          let rest = connection.rest()
          return (ContinuousClock.now - began, rest)
        }
        #expect(elapsed >= .milliseconds(200))
        #expect(received.isEmpty)
      }
    }

    @Test(
      "A handshake that does not end is cut off after the idle time, however steadily it comes in",
      arguments: [("", ""), ("\u{16}\u{3}\u{1}", ""), ("\u{16}\u{3}\u{1}\u{1}\u{0}", "\u{1}")])
    func handshakes(beginning: String, piece: String) async throws {
      try await served("standard", "--tls", "self-signed", "--idle-timeout", "300ms") { api in
        try await onThread {
          let began = ContinuousClock.now
          let connection = try RawConnection(to: api)
          connection.send(beginning)
          while !connection.hasInput(within: 20) { connection.send(piece) }
          #expect(ContinuousClock.now - began >= .milliseconds(300))
        }
      }
    }

    @Test("No request is cut off while it is worked on, however long that takes")
    func work() async throws {
      try await served("marketplace", "--idle-timeout", "30ms", "--read-timeout", "30ms", "--write-timeout", "30ms") { api in
        // Registering takes as long as a slow hash takes. The request itself may be late where the machine stands still.
        try await until {
          let began = ContinuousClock.now
          let name = UUID().uuidString
          let answer = try await api.post(
            "/auth/register", #"{"name":"ann","email":"\#(name)@example.org","password":"correct horse"}"#)
          return answer.status == 201 && ContinuousClock.now - began > .milliseconds(30)
        }
      }
    }

    @Test("Who never takes its answers is cut off, and gives its place back")
    func slowReader() async throws {
      try await served("standard", "--write-timeout", "200ms", "--max-connections", "1", "--idle-timeout", "1h") { api in
        try await onThread {
          let connection = try RawConnection(to: api)
          let requests = Data(String(repeating: "GET /docs HTTP/1.1\r\nHost: x\r\n\r\n", count: 1_000).utf8)
          while connection.push(requests) {}
        }
        try await until { try await api.get("/ping").status == 200 }
      }
    }

    @Test("Beyond the connections that may be, each is told so; those that are there go on, and there is room again when they go")
    func tooMany() async throws {
      try await served("basic-auth", "--max-connections", "5", "--idle-timeout", "1h", environment: BasicAuthTests.accounts) { api in
        @Sendable func expectAnswer(_ connection: RawConnection) throws {
          connection.send(Self.ping)
          try connection.answer().expect(200, #"{"message":"Success"}"#)
        }
        try await onThread {
          var open = try (0..<5).map { _ in try RawConnection(to: api) }
          try open.forEach(expectAnswer)
          for _ in 0..<100 {
            let refused = try RawConnection(to: api)
            refused.send(Self.ping)
            let answer = try refused.lastAnswer()
            try answer.expect(503, #"{"error":"The server has 5 connections already."}"#)
            #expect(answer.header("Retry-After") == "1" && answer.header("Connection") == "close")
          }
          try open.forEach(expectAnswer)
          open.removeLast()
        }
        try await until { try await api.get("/ping").status == 200 }
      }
    }

    @Test("The connections are no more than the file descriptors allow, which is said, and a flood leaves the server as it was")
    func fewDescriptors() async throws {
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let limit = 64 + 4 * cores + 64 + 10
      let command = "ulimit -n \(limit) && exec \"$0\" \"$@\""
      // An address of nobody's: it ends when it has said what it has to say.
      let said = try await Programs.run("/bin/sh", ["-c", command, Programs.orderServer, "--store", "memory", "--host", "192.0.2.1"]).errors
      #expect(
        said.contains("10 connections are served at a time, and not 4096: this process may have \(limit) file descriptors"), "\(said)")
      try await RunningProgram.with(
        "/bin/sh", ["-c", command, Programs.orderServer, "--port", "0", "--store", "memory"]
      ) { program, url in
        let api = API(url: url)
        let codes = try await onThread {
          let open = try (0..<100).map { _ in try RawConnection(to: api) }
          for connection in open { connection.send(Self.ping) }
          // Which ones have a place is chance; all others are refused, some of them only when those before have gone.
          return try open.map { try $0.answer().status }
        }
        #expect(codes.count { $0 == 200 } == 10 && codes.count { $0 == 503 } == 90, "\(codes)")
        try await until { try await api.get("/ping").status == 200 }
      }
    }

    #if os(Linux)
      /// Sets the limit that it may raise itself, and leaves the one above.
      private func limitDescriptors(of program: RunningProgram, to limit: String) async throws {
        let done = try await Programs.run("/usr/bin/prlimit", ["--pid", "\(program.pid)", "--nofile=\(limit):"])
        try #require(done.code == 0, "\(done.errors)")
      }

      @Test("Where there is no file descriptor left, the server neither ends nor spins, and takes connections again when there is one")
      func noDescriptors() async throws {
        try await RunningProgram.with(Programs.orderServer, ["--port", "0", "--store", "memory"]) { program, url in
          let api = API(url: url)
          let kept = try await onThread {
            let kept = Kept(connection: try RawConnection(to: api))
            kept.connection.send(Self.ping)
            #expect(try kept.connection.answer().status == 200)
            return kept
          }
          try await limitDescriptors(of: program, to: "3")
          let waiting = try await onThread { Kept(connection: try RawConnection(to: api)) }
          let (share, isAnswered) = try await onThread {
            waiting.connection.send(Self.ping)
            let began = (try program.processorTime(), ContinuousClock.now)
            let isAnswered = waiting.connection.hasInput(within: 1_000)
            return ((try program.processorTime() - began.0) / ((ContinuousClock.now - began.1) / .seconds(1)), isAnswered)
          }
          #expect(!isAnswered)
          #expect(share < 0.5, "it spins")
          let answerOfOld = try await onThread {
            kept.connection.send(Self.ping)
            return try kept.connection.answer()
          }
          #expect(answerOfOld.status == 200)
          try await limitDescriptors(of: program, to: "1024")
          let answerOfNew = try await onThread { try waiting.connection.answer() }
          #expect(answerOfNew.status == 200)
          #expect(try await api.get("/ping").status == 200)
        }
      }
    #endif

    @Test("Whatever is sent, and wherever it breaks off, the server stays, and no connection is leaked", arguments: [1, 2, 3])
    func garbage(seed: UInt64) async throws {
      try await served("standard", "--max-connections", "8", "--read-timeout", "200ms", "--idle-timeout", "200ms") { api in
        try await onThread {
          var random = Seeded(state: seed)
          for _ in 0..<150 {
            let connection = try RawConnection(to: api)
            connection.send(Hostile.bytes(&random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: break
            case 1: _ = connection.hasInput(within: 5)
            default: connection.finish()
            }
          }
        }
        // Each of the places can be taken, all at the same time.
        try await until {
          try await onThread {
            let open = try (0..<8).map { _ in try RawConnection(to: api) }
            for connection in open { connection.send(Self.ping) }
            return try open.allSatisfy { try $0.answer().status == 200 }
          }
        }
        // Until the last of them is known to be gone it is refused for want of a place.
        try await until { try await api.get("/health").status == 200 }
      }
    }
  }
}

/// A connection that goes from thread to thread, and is used by one at a time.
private struct Kept: @unchecked Sendable {
  // Unchecked: the test awaits each use before the next.
  let connection: RawConnection
}

/// Draws from a seed, so that what fails can be seen again (SplitMix64).
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// What no good client would send: requests that are right, cut, mixed with noise, or changed in a byte, and several at once.
private enum Hostile {
  private static let order = #"{"user_id":"u-1","item_ids":["i"],"total_amount":1}"#
  private static let requests = [
    "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: \(order.utf8.count)\r\n\r\n\(order)",
    "POST /orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"use\r\n3;x=y\r\nr_i\r\n0\r\nT: v\r\n\r\n",
    "GET /orders?limit=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "HEAD /metrics HTTP/1.0\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /ping HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "POST /orders HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
  ].map { Data($0.utf8) }

  static func bytes(_ random: inout Seeded) -> Data {
    var bytes = Data()
    for _ in 0..<Int.random(in: 1...6, using: &random) { bytes += requests.randomElement(using: &random) ?? Data() }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: break
    case 1: bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random))
    case 2:
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
    default: bytes += Data((0..<Int.random(in: 1...2_000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
    return bytes
  }
}
