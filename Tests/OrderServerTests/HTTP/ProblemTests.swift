import HTTPTypes
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("What cannot be done")
struct ProblemTests {
  @Test("A path that is not served is not found", arguments: ["/x", "/nothing", "/orders/a/b", "/metrics/a/b", "/ping/x"])
  func unknownPaths(path: String) async throws {
    try await TestServer().test { client in
      try expectProblem(try await client.send(.get, path), 404, "Not Found", detail: path)
    }
  }

  @Test(
    "A method that a path does not take is refused with those that it takes",
    arguments: [
      ("/orders", "POST, GET, HEAD"), ("/orders/a/cancel", "POST"), ("/orders/a", "GET, HEAD"), ("/orders/a/status", "GET, HEAD"),
      ("/metrics", "GET, HEAD"),
      ("/metrics/a", "GET, HEAD"), ("/ping", "GET, HEAD"), ("/health", "GET, HEAD"),
    ])
  func otherMethods(path: String, allowed: String) async throws {
    try await TestServer().test { client in
      for method in [HTTPRequest.Method.get, .head, .post, .put, .patch, .delete, .options] {
        guard !allowed.split(separator: ", ").contains(Substring(method.rawValue)) else { continue }
        let seen = try await client.send(method, path)
        #expect(seen.headers[.allow] == allowed)
        guard method != .head else {
          #expect(seen.code == 405 && seen.text.isEmpty)
          continue
        }
        try expectProblem(seen, 405, "Method Not Allowed", detail: "does not take \(method.rawValue)")
      }
    }
  }

  @Test("HEAD is answered as GET is, without the body")
  func answersHead() async throws {
    try await TestServer().test { client in
      let full = try await client.send(.get, "/metrics")
      let head = try await client.send(.head, "/metrics")
      #expect(head.code == 200 && head.text.isEmpty)
      #expect(head.headers[.contentLength] == full.headers[.contentLength])
    }
  }

  @Test("While the store cannot be used, orders are refused for now and health says why; the server lives on")
  func unavailableStore() async throws {
    let store = FailingStore(reason: "the disk is full")
    try await TestServer(store: store).test { client in
      let created = try await client.create(#""user_id":"u","item_ids":["a"],"total_amount":1"#)
      #expect(created.headers[.retryAfter] == "1")
      try expectProblem(created, 503, "Service Unavailable", detail: "the disk is full")
      let health = try await client.send(.get, "/health")
      #expect(health.code == 503 && health.headers[.retryAfter] == "1")
      #expect(try health.json["store"] == "the disk is full")
      #expect(try await client.send(.get, "/ping").code == 200)
    }
  }

  @Test("A failure that nobody foresaw says nothing about what is inside")
  func unforeseenFailure() async throws {
    let store = FailingStore(unforeseen: "secret")
    try await TestServer(store: store).test { client in
      let seen = try await client.send(.get, "/metrics")
      try expectProblem(seen, 500, "Internal Server Error", detail: "its log says why")
      #expect(!seen.text.contains("secret"))
    }
  }

  @Test("The server is alive, and healthy until its workers have stopped")
  func health() async throws {
    let server = TestServer()
    try await server.test { client in
      let ping = try await client.send(.get, "/ping")
      #expect(try ping.code == 200 && ping.json.isSame(as: JSON(parsing: #"{"message":"Success"}"#)))
      let ready = try await client.send(.get, "/health")
      #expect(try ready.code == 200 && ready.json.isSame(as: JSON(parsing: #"{"status":"ready","store":"ready","processor":"ready"}"#)))
      let workers = Task { await server.processor.run() }
      workers.cancel()
      await workers.value
      let stopped = try await client.send(.get, "/health")
      #expect(try stopped.code == 503 && stopped.json["processor"] == "stopped" && stopped.json["store"] == "ready")
    }
  }
}
