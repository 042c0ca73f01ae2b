import HTTPTypes
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("Cancelling, lists and keys in the standard profile")
struct StandardRestTests {
  private static let members = #""user_id":"u-1","item_ids":["item-001"],"total_amount":250.75"#

  @Test("A pending order is cancelled and shown; one that is not pending is a conflict, and one that is not there is not found")
  func cancels() async throws {
    let server = TestServer()
    try await server.test { client in
      _ = try await client.create(#""order_id":"a","# + Self.members)
      _ = try await client.create(#""order_id":"b","# + Self.members)
      let cancelled = try await client.send(.post, "/orders/a/cancel")
      #expect(try cancelled.code == 200 && cancelled.json["status"] == "cancelled" && cancelled.json["order_id"] == "a")
      try expectProblem(try await client.send(.post, "/orders/a/cancel"), 409, "Conflict", detail: "cancelled")
      _ = try await server.store.advance(completing: [], taking: 1)
      try expectProblem(try await client.send(.post, "/orders/b/cancel"), 409, "Conflict", detail: "processing")
      try expectProblem(try await client.send(.post, "/orders/c/cancel"), 404, "Not Found", detail: "'c'")
      let counts = try JSON(parsing: #"{"pending":0,"processing":1,"completed":0,"cancelled":1,"failed":0}"#)
      #expect(try await client.send(.get, "/metrics").json["status_counts"]?.isSame(as: counts) == true)
    }
  }

  @Test("The list is paged by its cursor, and filtered by status")
  func lists() async throws {
    try await TestServer().test { client in
      for index in 0..<5 { _ = try await client.create(#""order_id":"o-\#(index)","# + Self.members) }
      _ = try await client.send(.post, "/orders/o-2/cancel")
      let first = try await client.send(.get, "/orders?limit=3")
      #expect(try Self.ids(first) == ["o-4", "o-3", "o-2"])
      guard case .string(let cursor)? = try first.json["next_cursor"] else {
        Issue.record("no next_cursor in \(first.text)")
        return
      }
      let second = try await client.send(.get, "/orders?limit=3&cursor=\(cursor)")
      #expect(try Self.ids(second) == ["o-1", "o-0"] && second.json["next_cursor"] == .null)
      #expect(try Self.ids(try await client.send(.get, "/orders?status=cancelled")) == ["o-2"])
      #expect(try Self.ids(try await client.send(.get, "/orders?status=failed")).isEmpty)
    }
  }

  @Test(
    "A parameter that is wrong is named",
    arguments: [
      ("limit=0", "limit"), ("limit=1001", "limit"), ("limit=many", "limit"), ("limit=", "limit"), ("status=Pending", "status"),
      ("cursor=17", "cursor"), ("cursor=", "cursor"),
    ])
  func refusesParameters(query: String, name: String) async throws {
    try await TestServer().test { client in
      let seen = try await client.send(.get, "/orders?\(query)")
      try expectProblem(seen, 400, "Bad Request", detail: "\(name) is ")
      guard case .array(let errors)? = try seen.json["errors"] else {
        Issue.record("no errors in \(seen.text)")
        return
      }
      #expect(errors.map { $0["field"] } == [.string(name)])
    }
  }

  @Test("The same request under the same key is answered as the first was; another is refused")
  func keys() async throws {
    let name = try #require(HTTPField.Name("Idempotency-Key"))
    try await TestServer().test { client in
      let first = try await client.send(.post, "/orders", body: "{\(Self.members)}", headers: [name: "k-1"])
      let second = try await client.send(.post, "/orders", body: "{\(Self.members)}", headers: [name: "k-1"])
      #expect(first.code == 201 && second.code == 201 && first.text == second.text)
      #expect(first.headers[.location] == second.headers[.location])
      let other = try await client.send(.post, "/orders", body: "{\(Self.members) }", headers: [name: "k-1"])
      try expectProblem(other, 422, "Unprocessable Content", detail: "Idempotency-Key 'k-1'")
      let long = try await client.send(.post, "/orders", body: "{\(Self.members)}", headers: [name: String(repeating: "k", count: 256)])
      try expectProblem(long, 400, "Bad Request", detail: "Idempotency-Key")
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(1))
    }
  }

  private static func ids(_ seen: Seen) throws -> [String] {
    guard case .array(let orders)? = try seen.json["orders"] else { return [] }
    return orders.compactMap { if case .string(let id)? = $0["order_id"] { id } else { nil } }
  }
}
