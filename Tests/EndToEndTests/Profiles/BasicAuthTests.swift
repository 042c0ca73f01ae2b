import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("Profile basic-auth")
  struct BasicAuthTests {
    static let accounts = ["ORDER_SERVER_ACCOUNTS": "alice:s3cret"]

    static func authorization(_ name: String, _ password: String) -> String {
      "Basic " + Data("\(name):\(password)".utf8).base64EncodedString()
    }

    static func order(_ id: Int) -> String { #"{"order_id":\#(id),"user_id":456,"item_ids":[1,2,3],"total_amount":150.75}"# }

    /// Runs the server with one account, whose credentials the API bears.
    private func server(_ arguments: String..., body: (API) async throws -> Void) async throws {
      try await RunningProgram.with(
        Programs.orderServer, ["--port", "0", "--profile", "basic-auth", "--store", "memory"] + arguments, environment: Self.accounts
      ) { try await body(API(url: $1).with("Authorization", Self.authorization("alice", "s3cret"))) }
    }

    @Test("A ping is answered to everybody, and nothing else without credentials")
    func publicPing() async throws {
      try await server { api in
        let stranger = API(url: api.url)
        try await stranger.get("/ping").expect(200, #"{"message":"Success"}"#)
        for (method, path) in [
          ("POST", "/orders"), ("GET", "/orders/123"), ("GET", "/metrics"), ("GET", "/metrics/prometheus"), ("GET", "/nowhere"),
        ] {
          let answer = try await stranger.send(method, path, method == "POST" ? Self.order(123) : "")
          try answer.expect(401, #"{"error":"Unauthorized access. Invalid credentials."}"#)
          #expect(answer.header("WWW-Authenticate") == #"Basic realm="orders""#, "\(method) \(path)")
        }
        try await api.get("/orders/123").expect(404, #"{"error":"Order not found"}"#)
      }
    }

    @Test(
      "Wrong credentials are as good as none",
      arguments: [
        authorization("alice", "wrong"), authorization("bob", "s3cret"), authorization("alice", ""), authorization("", ""),
        "Bearer s3cret", "Basic", "Basic !!!", "Basic " + Data("alice".utf8).base64EncodedString(),
      ])
    func wrongCredentials(authorization: String) async throws {
      try await server { api in
        let answer = try await api.with("Authorization", authorization).get("/metrics")
        try answer.expect(401, #"{"error":"Unauthorized access. Invalid credentials."}"#)
        #expect(answer.header("WWW-Authenticate") == #"Basic realm="orders""#)
      }
    }

    @Test("An account from a file is as good as one from the environment")
    func accountsFile() async throws {
      try await withTemporaryFolder { folder in
        let file = folder.appendingPathComponent("accounts")
        try Data("# who may order\ncarol:pass:word\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        try await served("basic-auth", "--accounts-file", file.path) { api in
          let carol = api.with("Authorization", Self.authorization("carol", "pass:word"))
          try await carol.post("/orders", Self.order(1)).expect(201, #"{"message":"Order received","order_id":1}"#)
          #expect(try await api.with("Authorization", Self.authorization("alice", "s3cret")).get("/orders/1").status == 401)
        }
      }
    }

    @Test("An order is received once, and a second time refused")
    func duplicate() async throws {
      try await server("--service-time", "1h") { api in
        try await api.post("/orders", Self.order(123)).expect(201, #"{"message":"Order received","order_id":123}"#)
        try await api.post("/orders", Self.order(123))
          .expect(400, #"{"error":"Duplicate order_id. This order already exists."}"#)
        let metrics = try await api.get("/metrics").json()
        #expect(metrics["total_orders"] == .number(1))
      }
    }

    @Test("A missing field is named", arguments: ["order_id", "user_id", "item_ids", "total_amount"])
    func missingField(field: String) async throws {
      try await server { api in
        let body = try JSONSerialization.jsonObject(with: Data(Self.order(123).utf8)) as? [String: Any] ?? [:]
        let rest = try JSONSerialization.data(withJSONObject: body.filter { $0.key != field })
        try await api.post("/orders", String(decoding: rest, as: UTF8.self))
          .expect(400, #"{"error":{"\#(field)":["Missing data for required field."]}}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(0))
      }
    }

    @Test(
      "Integers are required",
      arguments: [
        ("order_id", #"{"order_id":"x1","user_id":456,"item_ids":[1],"total_amount":1}"#),
        ("order_id", #"{"order_id":1.5,"user_id":456,"item_ids":[1],"total_amount":1}"#),
        ("user_id", #"{"order_id":1,"user_id":"u-1","item_ids":[1],"total_amount":1}"#),
        ("user_id", #"{"order_id":1,"user_id":null,"item_ids":[1],"total_amount":1}"#),
        ("item_ids", #"{"order_id":1,"user_id":456,"item_ids":["item-001"],"total_amount":1}"#),
        ("item_ids", #"{"order_id":1,"user_id":456,"item_ids":"1,2","total_amount":1}"#),
        ("total_amount", #"{"order_id":1,"user_id":456,"item_ids":[1],"total_amount":"much"}"#),
      ])
    func integers(field: String, body: String) async throws {
      try await server { api in
        try await api.post("/orders", body).expect(400, #"{"error":{"\#(field)":"<any>"}}"#)
        #expect(try await api.get("/metrics").json()["total_orders"] == .number(0))
      }
    }

    @Test("An order that is not there is not found")
    func unknown() async throws {
      try await server { api in
        try await api.get("/orders/999").expect(404, #"{"error":"Order not found"}"#)
        #expect(try await api.get("/orders/abc").status == 404, "an id is an integer")
      }
    }

    @Test("One worker: an order is pending, processing and completed, and the metrics count it there")
    func words() async throws {
      try await server("--service-time", "1h") { api in
        try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":0,"pending_orders":0,"processing_orders":0,"completed_orders":0,"avg_processing_time_seconds":0}
          """#)
        _ = try await sendOrders(1...3, to: api, body: Self.order)
        try await until { try await api.get("/orders/1").json()["status"] == .text("processing") }
        try await api.get("/orders/1").expect(200, #"{"order_id":1,"status":"processing"}"#)
        try await api.get("/orders/3").expect(200, #"{"order_id":3,"status":"pending"}"#)
        try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":3,"pending_orders":2,"processing_orders":1,"completed_orders":0,"avg_processing_time_seconds":0}
          """#)
      }
      try await server("--service-time", "1ms") { api in
        _ = try await sendOrders(7...7, to: api, body: Self.order)
        try await until { try await api.get("/orders/7").json()["status"] == .text("completed") }
        try await api.get("/orders/7").expect(200, #"{"order_id":7,"status":"completed"}"#)
        try await api.get("/metrics").expect(
          200,
          #"""
          {"total_orders":1,"pending_orders":0,"processing_orders":0,"completed_orders":1,"avg_processing_time_seconds":"<number>"}
          """#)
      }
    }

    @Test("The average is of the service time alone, to two decimals, rounded and not cut off")
    func average() async throws {
      try await server("--service-time", "128ms") { api in
        let began = ContinuousClock.now
        _ = try await sendOrders(1...5, to: api, body: Self.order)
        try await until { try await api.get("/metrics").json()["completed_orders"] == .number(5) }
        let elapsed = (ContinuousClock.now - began) / .seconds(1)
        let average = try #require(try await api.get("/metrics").json()["avg_processing_time_seconds"]?.number)
        #expect(average >= 0.13, "0.128 s and more, rounded")
        // One worker's service times cannot overlap; created → completed would add up to three times as much.
        #expect((average - 0.005) * 5 <= elapsed)
        #expect(abs(average * 100 - (average * 100).rounded()) < 1e-9, "\(average) has more than two decimals")
      }
    }

    @Test("Orders are completed in the order of their acceptance, by the service times of its own")
    func firstComeFirstServed() async throws {
      try await server("--seed", "1") { api in
        let ids = try await sendOrders(1...12, to: api, body: Self.order)
        try await expectFirstComeFirstServed(ids, completed: "completed") { try await api.get("/orders/\($0)").json()["status"]?.text }
      }
    }

    @Test("An order cannot be changed once it is submitted", arguments: ["PUT", "PATCH", "DELETE"])
    func unchangeable(method: String) async throws {
      try await server("--service-time", "1h") { api in
        _ = try await sendOrders(1...2, to: api, body: Self.order)
        let answer = try await api.send(method, "/orders/2", Self.order(2))
        #expect([404, 405].contains(answer.status), "\(answer)")
        #expect([404, 405].contains(try await api.post("/orders/2/cancel").status))
        try await api.get("/orders/2").expect(200, #"{"order_id":2,"status":"pending"}"#)
      }
    }
  }
}
