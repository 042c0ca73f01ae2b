import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Bodies that break off", .timeLimit(.minutes(15)))
  struct CutOffBodyTests {
    /// A whole document within a request that is never whole.
    struct Cut: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var status: String
      /// The header fields and the body.
      var request: @Sendable (String) -> String
      var hangsUp = false

      /// Whether it is refused as it must be. Who stands still before hanging up is told that the time is over.
      func isRefused(by answer: String) -> Bool {
        answer.hasPrefix("HTTP/1.1 \(status) ") || hangsUp && answer.hasPrefix("HTTP/1.1 408 ")
      }
    }

    static let cuts = [
      Cut(testDescription: "a length that is one too large", status: "408") { "Content-Length: \($0.utf8.count + 1)\r\n\r\n\($0)" },
      Cut(testDescription: "chunks without an end", status: "408") { chunked($0) },
      Cut(testDescription: "a last chunk without its end", status: "408") { chunked($0) + "0\r\n" },
      Cut(testDescription: "a chunk that is none", status: "400") { chunked($0) + "zz\r\n" },
      Cut(testDescription: "trailers that are too large", status: "431") {
        chunked($0) + "0\r\nX: " + String(repeating: "a", count: 20_000)
      },
      Cut(
        testDescription: "an end of the connection before the length", status: "400",
        request: {
          "Content-Length: \($0.utf8.count + 1)\r\n\r\n\($0)"
        }, hangsUp: true),
      Cut(testDescription: "an end of the connection before that of the chunks", status: "400", request: { chunked($0) }, hangsUp: true),
    ]

    private static func chunked(_ body: String) -> String {
      "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n"
    }

    /// Sends a body that breaks off, and waits until the server has closed.
    private func send(_ cut: Cut, _ path: String, _ body: String, to api: API) async throws -> String {
      let fields = api.headers.map { "\($0): \($1)\r\n" }.joined()
      return try await onThread {
        let connection = try RawConnection(to: api)
        connection.send("POST \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\(cut.request(body))")
        if cut.hangsUp { connection.finish() }
        return String(decoding: connection.rest(), as: UTF8.self)
      }
    }

    @Test("An order whose request is refused because it broke off is never taken", arguments: Shape.all)
    func orders(shape: Shape) async throws {
      try await shape.serve("--read-timeout", "200ms", "--service-time", "1h") { api in
        let api = try await shape.admitted(to: api)
        for cut in Self.cuts {
          for _ in 0..<3 {
            let answer = try await send(cut, "/orders", shape.order(7), to: api)
            #expect(cut.isRefused(by: answer), "\(cut.testDescription): \(answer)")
          }
        }
        // Where the client chooses the ids, it is no duplicate; and it is the only one.
        _ = try await shape.send(7...7, to: api)
        if let figures = try await shape.figures(at: api) { #expect(figures.total == 1) }
        let pages = shape.name == "standard" || shape.name == "marketplace" ? [try await api.get("/orders").json()["orders"]?.array] : []
        for page in pages { #expect(page?.count == 1) }
      }
    }

    @Test("A refresh token is not used up by a request that broke off")
    func refreshTokens() async throws {
      try await served("marketplace", "--read-timeout", "200ms") { api in
        let customer = try await Customer("alice", at: api)
        let body = #"{"refresh_token":"\#(customer.refreshToken)"}"#
        for cut in Self.cuts {
          let answer = try await send(cut, "/auth/refresh", body, to: api)
          #expect(cut.isRefused(by: answer), "\(cut.testDescription): \(answer)")
        }
        let answer = try await api.post("/auth/refresh", body)
        #expect(answer.status == 200, "\(answer)")
      }
    }
  }
}
