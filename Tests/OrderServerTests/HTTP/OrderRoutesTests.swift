import Foundation
import HTTPTypes
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("The standard profile's orders")
struct OrderRoutesTests {
  private static let members = #""user_id":"u-1","item_ids":["item-001"],"total_amount":250.75"#

  @Test("An order without an id gets a UUID, and its place")
  func createsWithOwnID() async throws {
    try await TestServer().test { client in
      let seen = try await client.create(Self.members)
      #expect(seen.code == 201)
      guard case .string(let id)? = try seen.json["order_id"] else {
        Issue.record("no order_id in \(seen.text)")
        return
      }
      #expect(UUID(uuidString: id) != nil)
      #expect(try seen.json.isSame(as: JSON(parsing: #"{"order_id":"\#(id)","status":"pending"}"#)))
      #expect(seen.headers[.location] == "/orders/\(id)")
      #expect(seen.headers[.contentType] == "application/json")
      #expect(try await client.send(.get, "/orders/\(id)").code == 200)
    }
  }

  @Test("An order keeps the client's id, and a second of that id is refused")
  func refusesDuplicates() async throws {
    try await TestServer().test { client in
      let first = try await client.create(#""order_id":"o:1","# + Self.members)
      #expect(first.code == 201 && first.headers[.location] == "/orders/o:1")
      let second = try await client.create(#""order_id":"o:1","# + Self.members)
      try expectProblem(second, 409, "Conflict", detail: "'o:1'")
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(1))
    }
  }

  @Test("An order is shown with all its fields at every stage, null until known")
  func showsStages() async throws {
    // The clock is read for the creation, and once for each turn.
    let server = TestServer(clock: .ticking(from: 1_767_323_045_123_455))
    try await server.test { client in
      _ = try await client.create(#""order_id":"o-1","# + Self.members)
      let constant =
        #""order_id":"o-1","user_id":"u-1","item_ids":["item-001"],"total_amount":250.75,"created_at":"2026-01-02T03:04:05.123456Z""#
      let pending = try await client.send(.get, "/orders/o-1")
      #expect(try pending.json.isSame(as: JSON(parsing: "{\(constant),\"status\":\"pending\",\"started_at\":null,\"completed_at\":null}")))
      let taken = try await server.store.advance(completing: [], taking: 1)
      let processing = try await client.send(.get, "/orders/o-1")
      #expect(
        try processing.json.isSame(
          as: JSON(parsing: "{\(constant),\"status\":\"processing\",\"started_at\":\"2026-01-02T03:04:05.123457Z\",\"completed_at\":null}"))
      )
      _ = try await server.store.advance(completing: taken, taking: 0)
      let completed = try await client.send(.get, "/orders/o-1")
      #expect(
        try completed.json.isSame(
          as: JSON(
            parsing:
              "{\(constant),\"status\":\"completed\",\"started_at\":\"2026-01-02T03:04:05.123457Z\",\"completed_at\":\"2026-01-02T03:04:05.123458Z\"}"
          )))
    }
  }

  @Test("The status alone, and the status of an id that was escaped")
  func showsStatus() async throws {
    let server = TestServer()
    try await server.test { client in
      _ = try await client.create(#""order_id":"o-1","# + Self.members)
      for path in ["/orders/o-1/status", "/orders/o%2D1/status"] {
        let seen = try await client.send(.get, path)
        #expect(seen.code == 200)
        #expect(try seen.json.isSame(as: JSON(parsing: #"{"order_id":"o-1","status":"pending"}"#)))
      }
    }
  }

  @Test("An order that is not there is not found, whatever it is called", arguments: ["nobody", "%ff", "a%2Fb", "..%2f", "ö", "%00"])
  func unknownOrders(id: String) async throws {
    try await TestServer().test { client in
      for path in ["/orders/\(id)", "/orders/\(id)/status", "/metrics/\(id)"] {
        try expectProblem(try await client.send(.get, path), 404, "Not Found", detail: "no order")
      }
    }
  }

  @Test("A body that breaks the rules is answered with each field, what was found, and what would be right")
  func namesFields() async throws {
    try await TestServer().test { client in
      let seen = try await client.create(#""user_id":7,"item_ids":[],"total_amount":-1"#)
      try expectProblem(seen, 422, "Unprocessable Content", detail: "user_id is a number, and should be a string")
      let errors = try JSON(
        parsing: """
          [{"field":"user_id","found":"a number","expected":"a string"},
          {"field":"item_ids","found":"an empty list","expected":"1 to 1000 items"},
          {"field":"total_amount","found":"-1.0","expected":"a number from 0 to 1000000000000"}]
          """)
      #expect(try seen.json["errors"]?.isSame(as: errors) == true, "\(seen.text)")
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(0))
    }
  }

  @Test(
    "A body that is no JSON is refused with the place",
    arguments: [("", "byte 0"), ("{", "byte 1"), (#"{"a":NaN}"#, "byte 5"), (#"{"a":1,"a":2}"#, "for the second time")])
  func refusesMalformed(body: String, detail: String) async throws {
    try await TestServer().test { client in
      try expectProblem(try await client.send(.post, "/orders", body: body), 400, "Bad Request", detail: detail)
    }
  }

  @Test("A body of a mebibyte is read, and one byte more is refused")
  func limitsBodies() async throws {
    try await TestServer().test { client in
      let order = "{\(Self.members)}"
      let padding = String(repeating: " ", count: 1 << 20 - order.utf8.count)
      #expect(try await client.send(.post, "/orders", body: order + padding).code == 201)
      try expectProblem(try await client.send(.post, "/orders", body: order + padding + " "), 413, "Content Too Large", detail: "1MiB")
    }
  }
}

/// Expects a problem document (RFC 9457) that says the same as the status line.
func expectProblem(
  _ seen: Seen, _ code: Int, _ title: String, detail: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(seen.code == code, sourceLocation: sourceLocation)
  #expect(seen.headers[.contentType] == "application/problem+json", sourceLocation: sourceLocation)
  let document = try seen.json
  #expect(document["type"] == "about:blank" && document["title"] == .string(title), "\(seen.text)", sourceLocation: sourceLocation)
  #expect(document["status"] == .number(Double(code)), "\(seen.text)", sourceLocation: sourceLocation)
  guard case .string(let text)? = document["detail"] else {
    Issue.record("no detail in \(seen.text)", sourceLocation: sourceLocation)
    return
  }
  #expect(text.contains(detail), "\(text)", sourceLocation: sourceLocation)
}
