import Foundation
import Testing

extension EndToEnd.OrderServer {
  /// Clients that ask too much, held against the built program.
  @Suite("Limits of requests", .timeLimit(.minutes(15)))
  struct RequestLimitTests {
    /// A request whose head never ends, or is too much.
    struct Head: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var beginning = "GET /ping HTTP/1.1\r\nHost: x\r\n"
      /// Sent until it is answered.
      var piece: String
    }

    static let heads = [
      Head(testDescription: "one field without an end", piece: "X" + String(repeating: "a", count: 5_000)),
      Head(
        testDescription: "one value without an end", beginning: "GET /ping HTTP/1.1\r\nX: ", piece: String(repeating: "a", count: 5_000)),
      Head(testDescription: "nothing but blanks", beginning: "GET /ping HTTP/1.1\r\nX:", piece: String(repeating: " ", count: 5_000)),
      Head(testDescription: "fields without an end", piece: "X: a\r\n"),
      Head(testDescription: "a target without an end", beginning: "GET /ping", piece: String(repeating: "a", count: 5_000)),
      Head(
        testDescription: "trailers without an end",
        beginning: "POST /orders HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", piece: "X: a\r\n"),
    ]

    @Test("A head that is too large, or never ends, is refused with 431 in the profile's words", arguments: heads)
    func endlessHead(head: Head) async throws {
      try await served("fcfs") { api in
        let (sent, answer) = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send(head.beginning)
          var sent = 0
          while sent < 64 << 20, !connection.hasInput(within: 0) { sent += connection.send(Data(head.piece.utf8)) }
          return (sent, try connection.lastAnswer())
        }
        #expect(sent < 64 << 20)
        try answer.expect(431, #"{"error":"The head is larger than 16KiB, or has more than 100 fields."}"#)
        #expect(answer.header("Connection") == "close")
        try await api.get("/ping").expect(200, #"{"message":"Success"}"#)
      }
    }

    @Test("A head within the limits is taken, and one beyond is not")
    func headBounds() async throws {
      try await served("fcfs", "--max-header-count", "20", "--max-header-size", "2KiB") { api in
        func code(_ api: API) async throws -> Int { try await api.get("/ping").status }
        func fields(_ count: Int) -> API { (0..<count).reduce(api) { $0.with("X-\($1)", "1") } }
        // Host and Connection are fields too.
        let codes = [try await code(fields(18)), try await code(fields(19))]
        #expect(codes == [200, 431])
        func field(_ size: Int) -> API { api.with("X", String(repeating: "a", count: size)) }
        let bySize = [try await code(field(1_900)), try await code(field(2_048))]
        #expect(bySize == [200, 431])
      }
    }

    @Test("A body within the limit is taken, and one beyond is not, whether its length is said before or not", arguments: [false, true])
    func bodyBounds(isChunked: Bool) async throws {
      try await served("fcfs", "--max-body-size", "2KiB") { api in
        func code(_ size: Int) async throws -> Int {
          let order = #"{"user_id":"u","item_ids":["i"],"total_amount":1}"#
          let body = order + String(repeating: " ", count: size - order.utf8.count)
          let head = "POST /orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
          let request =
            isChunked
            ? head + "Transfer-Encoding: chunked\r\n\r\n800\r\n\(body.prefix(2_048))\r\n"
              + (size > 2_048 ? "\(String(size - 2_048, radix: 16))\r\n\(body.dropFirst(2_048))\r\n" : "") + "0\r\n\r\n"
            : head + "Content-Length: \(size)\r\n\r\n\(body)"
          return try await onThread {
            let connection = try RawConnection(to: api)
            connection.send(request)
            return try connection.lastAnswer().status
          }
        }
        let codes = [try await code(2_048), try await code(2_049)]
        #expect(codes == [201, 413])
      }
    }

    @Test(
      "A body of gigabytes is refused before it has come, and takes no memory",
      arguments: ["Content-Length: 8589934592", "Transfer-Encoding: chunked"], ["POST /orders", "GET /ping"])
    func largeBodies(field: String, request: String) async throws {
      let program = try await RunningProgram.start(
        Programs.orderServer, ["--port", "0", "--profile", "basic-auth", "--store", "memory"],
        environment: BasicAuthTests.accounts)
      do {
        let api = API(url: try await program.url())
        let credentials = BasicAuthTests.authorization("alice", "s3cret")
        let data = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        let piece = field.hasPrefix("T") ? Data("100000\r\n".utf8) + data + Data("\r\n".utf8) : data
        let before = try program.peakMemory()
        let (sent, answer) = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send("\(request) HTTP/1.1\r\nHost: x\r\nAuthorization: \(credentials)\r\n\(field)\r\n\r\n")
          var sent = 0
          // Goes on sending after the answer, as who does not listen.
          while sent < 256 << 20 {
            let taken = connection.send(piece)
            sent += taken
            if taken < piece.count { break }
          }
          return (sent, try connection.lastAnswer())
        }
        #expect(sent < 256 << 20)
        if request == "POST /orders" {
          try answer.expect(413, #"{"error":"The body is larger than 1MiB."}"#)
          #expect(answer.header("Connection") == "close")
        } else {
          // Nobody asked for a body: it is answered without it, and closed nevertheless.
          try answer.expect(200, #"{"message":"Success"}"#)
        }
        let grown = try program.peakMemory() - before
        #expect(grown < 32 << 20)
        try await api.get("/ping").expect(200, #"{"message":"Success"}"#)
        await program.stop()
      } catch {
        program.signal(SIGKILL)
        _ = await program.ended()
        throw error
      }
    }

    @Test("The answers reach a client that first sends all, and only then looks for them", arguments: [1_100_000, 30_000_000])
    func answersToSenders(size: Int) async throws {
      try await served("standard") { api in
        let order = EndToEnd.OrderServer.StandardTests.order(1)
        func head(_ length: Int) -> String { "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n" }
        let requests = Data((head(order.utf8.count) + order + head(size)).utf8) + Data(repeating: 32, count: size)
        let answered = try await onThread {
          try (0..<100_000_000 / size).map { _ in
            let connection = try RawConnection(to: api)
            connection.sendAll(requests)
            return String(decoding: connection.rest(), as: UTF8.self).components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
          }
        }
        #expect(answered.allSatisfy { $0 == ["201", "413"] }, "\(answered.filter { $0 != ["201", "413"] })")
      }
    }

    @Test(
      "What is no HTTP/1.1 is refused with 400 in the profile's words, after the answers to what came before it",
      arguments: [
        "\u{16}\u{3}\u{1}hello", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /ping\r\n\r\n", "GET /ping HTTP/1.1\r\nno colon\r\n\r\n",
      ])
    func noHTTP(garbage: String) async throws {
      try await served("parallel") { api in
        let received = try await onThread {
          let connection = try RawConnection(to: api)
          connection.send("GET /ping HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n" + garbage)
          return String(decoding: connection.rest(), as: UTF8.self)
        }
        let answers = received.components(separatedBy: "HTTP/1.1 ").dropFirst()
        #expect(answers.map { $0.prefix(3) } == ["200", "200", "400"], "\(received)")
        #expect(answers.last?.contains(#"{"detail":"The request is no HTTP/1.1: "#) == true, "\(received)")
      }
    }
  }
}

extension RunningProgram {
  #if os(Linux)
    /// How much processor time it has taken, in seconds.
    func processorTime() throws -> Double {
      let fields = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8).split(separator: " ")
      // The name, the second field, is in parentheses, and has no blank here.
      let ticks = try [13, 14].map { try #require(Double(fields[$0])) }
      return (ticks[0] + ticks[1]) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
  #endif

  /// The most memory that it has had resident, in bytes; on macOS, what it has now.
  func peakMemory() throws -> Int {
    #if os(Linux)
      let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
      return try #require(Int(line.filter(\.isNumber))) << 10
    #else
      var usage = rusage_info_current()
      let found = withUnsafeMutablePointer(to: &usage) {
        $0.withMemoryRebound(to: rusage_info_t?.self, capacity: 1) { proc_pid_rusage(pid, RUSAGE_INFO_CURRENT, $0) }
      }
      try #require(found == 0)
      return Int(usage.ri_resident_size)
    #endif
  }
}
