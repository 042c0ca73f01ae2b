import HTTPTypes
import Shared
import Testing

@testable import OrderServer

@Suite("Orders that are dealt with wrongly")
struct FaultyOrderStoreTests {
  @Test("A lost order is acknowledged, counted and processed, and not to be found")
  func lost() async throws {
    let server = try await FaultyServer("orders=lost")
    try await server.test { client in
      let id = try await client.createdID()
      #expect(try await client.status(id) == nil)
      #expect(try await client.send(.get, "/orders/\(id)").code == 404)
      #expect(try await client.send(.post, "/orders/\(id)/cancel").code == 404)
      #expect(try await client.send(.get, "/orders").json["orders"] == .array([]))
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(1))
      #expect(try await server.advance(taking: 1).count == 1)
    }
  }

  @Test("Of an order that is processed twice there is another one with an id of its own")
  func twice() async throws {
    let server = try await FaultyServer("orders=twice")
    try await server.test { client in
      let id = try await client.createdID()
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(2))
      let taken = try await server.advance(taking: 10)
      #expect(taken.count == 2 && taken.count { $0.id.text == id } == 1)
    }
  }

  @Test("A stuck order is begun, and never ended; the workers go on")
  func stuck() async throws {
    let server = try await FaultyServer("orders=stuck")
    try await server.test { client in
      let id = try await client.createdID()
      let taken = try await server.advance(taking: 1)
      try await server.advance(completing: taken)
      #expect(try await client.status(id) == "processing")
    }
  }

  @Test("An early order is told to be completed before it is, and counted in its time")
  func early() async throws {
    let server = try await FaultyServer("orders=early")
    try await server.test { client in
      let id = try await client.createdID()
      #expect(try await client.status(id) == "completed")
      let order = try await client.send(.get, "/orders/\(id)").json
      #expect(order["status"] == .string("completed") && order["completed_at"] != .null)
      #expect(try await client.send(.get, "/metrics").json["status_counts"]?["completed"] == .number(0))
    }
  }

  @Test("An order that goes backwards is told to be pending once, after it was told to be further")
  func backwards() async throws {
    let server = try await FaultyServer("orders=backwards")
    try await server.test { client in
      let id = try await client.createdID()
      var told: [String?] = [try await client.status(id)]
      try await server.advance(taking: 1)
      for _ in 1...4 { told.append(try await client.status(id)) }
      #expect(told == ["pending", "processing", "pending", "processing", "processing"])
    }
  }

  @Test("An order with another's data has its own id, and the content and the status of the order before it")
  func anothersData() async throws {
    let server = try await FaultyServer("orders=anothers-data")
    try await server.test { client in
      _ = try await client.create(#""order_id":"o-1","user_id":"first","item_ids":["x"],"total_amount":7"#)
      _ = try await client.create(#""order_id":"o-2","user_id":"second","item_ids":["y"],"total_amount":8"#)
      try await server.advance(taking: 1)
      let order = try await client.send(.get, "/orders/o-2").json
      #expect(order["order_id"] == .string("o-2") && order["item_ids"] == .array([.string("x")]) && order["total_amount"] == .number(7))
      #expect(try await client.status("o-2") == "processing")
    }
  }

  @Test(
    "A create is answered otherwise than it was done",
    arguments: [("stored-500", 500, 1.0), ("stored-refused", 422, 1), ("missing-201", 201, 0)])
  func creates(how: String, code: Int, total: Double) async throws {
    try await FaultyServer("creates=\(how)").test { client in
      let seen = try await client.create()
      #expect(seen.code == code)
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(total))
    }
  }

  @Test("Of two creates whose ids are swapped each is told the other's, and both orders are there")
  func swapped() async throws {
    let server = try await FaultyServer("ids=swapped")
    try await server.test { client in
      func create(_ user: String) async throws -> String {
        let seen = try await client.create(#""user_id":"\#(user)","item_ids":["a"],"total_amount":1"#)
        guard case .string(let id)? = try seen.json["order_id"] else { return "" }
        return id
      }
      let told = [try await create("first"), try await create("second")]
      #expect(try await client.send(.get, "/orders/\(told[0])").json["user_id"] == .string("second"))
      #expect(try await client.send(.get, "/orders/\(told[1])").json["user_id"] == .string("first"))
    }
  }

  @Test("An id that is reused is that of the order before, and the new order has one that nobody is told")
  func reused() async throws {
    try await FaultyServer("ids=reused").test { client in
      let first = try await client.createdID()
      #expect(try await client.createdID() == first)
      #expect(try await client.send(.get, "/metrics").json["total_orders"] == .number(2))
    }
  }

  @Test("A create that is refused because its id is taken strikes no order")
  func duplicate() async throws {
    let server = try await FaultyServer("orders=lost:50%")
    try await server.test { client in
      var codes: [Int] = []
      var found: [[Bool]] = []
      for number in 1...20 {
        let body = #""order_id":"o-\#(number)","user_id":"u","item_ids":["a"],"total_amount":1"#
        _ = try await client.create(body)
        var states: [Bool] = []
        for _ in 1...5 {
          states.append(try await client.status("o-\(number)") != nil)
          codes.append(try await client.create(body).code)
        }
        found.append(states)
      }
      #expect(codes.allSatisfy { $0 == 409 })
      #expect(found.allSatisfy { Set($0).count == 1 }, "an order stays what it was: \(found)")
      #expect(Set(found.map { $0[0] }).count == 2)
    }
  }

  @Test("A share strikes about as many of the orders, the same ones for the same seed")
  func share() async throws {
    func lost() async throws -> [Bool] {
      var lost: [Bool] = []
      let server = try await FaultyServer("orders=lost:30%")
      try await server.test { client in
        for _ in 1...300 { lost.append(try await client.status(try await client.createdID()) == nil) }
      }
      return lost
    }
    let first = try await lost()
    #expect((60...120).contains(first.count { $0 }))
    #expect(try await lost() == first)
  }
}
