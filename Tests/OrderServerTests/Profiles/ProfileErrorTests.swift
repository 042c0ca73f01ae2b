import HTTPTypes
import Hummingbird
import Shared
import Testing

@testable import OrderServer

@Suite("What a profile says when it cannot")
struct ProfileErrorTests {
  /// Where an error's text stands, and of which type the body is.
  private static let shapes = [
    ("standard", "detail", "application/problem+json"), ("basic-auth", "error", "application/json"),
    ("parallel", "detail", "application/json"), ("sequential", "error", "application/json"),
    ("marketplace", "detail", "application/json"), ("fcfs", "error", "application/json"),
  ]

  private func expectError(_ seen: Seen, _ code: Int, at field: String, _ type: String, in profile: String) throws {
    #expect(seen.code == code, "\(profile): \(seen.text)")
    #expect(seen.headers[.contentType] == type, "\(profile)")
    #expect(try seen.json[field] != nil, "\(profile): \(seen.text)")
  }

  @Test("Every path on which something goes wrong is answered in the profile's own way", arguments: shapes)
  func ownErrors(name: String, field: String, type: String) async throws {
    let profile = try Profile(named: name)
    let isPydantic = name == "parallel" || name == "marketplace"
    try await TestServer(profile).test { client in
      try expectError(try await client.send(.get, "/nothing"), 404, at: field, type, in: name)
      let wrongMethod = try await client.send(.put, "/orders")
      try expectError(wrongMethod, 405, at: field, type, in: name)
      #expect(wrongMethod.headers[.allow]?.contains("POST") == true)
      let large = String(repeating: " ", count: 1 << 20 + 1)
      try expectError(try await client.send(.post, "/orders", body: large), 413, at: field, type, in: name)
      try expectError(try await client.send(.post, "/orders", body: "{"), isPydantic ? 422 : 400, at: field, type, in: name)
      let invalid = name == "standard" || isPydantic ? 422 : 400
      try expectError(try await client.send(.post, "/orders", body: "{}"), invalid, at: field, type, in: name)
      try expectError(try await client.send(.post, "/orders", body: "[]"), invalid, at: field, type, in: name)
      let order = profile.format.order == nil ? "/orders/77/status" : "/orders/77"
      try expectError(try await client.send(.get, order), 404, at: field, type, in: name)
    }
    try await TestServer(profile, store: FailingStore(reason: "the disk is full")).test { client in
      let order = profile.format.order == nil ? "/orders/77/status" : "/orders/77"
      let unavailable = try await client.send(.get, order)
      try expectError(unavailable, 503, at: field, type, in: name)
      #expect(unavailable.headers[.retryAfter] == "1")
    }
    try await TestServer(profile, store: FailingStore(unforeseen: "secret")).test { client in
      let order = profile.format.order == nil ? "/orders/77/status" : "/orders/77"
      let unforeseen = try await client.send(.get, order)
      try expectError(unforeseen, 500, at: field, type, in: name)
      #expect(!unforeseen.text.contains("secret"))
    }
  }

  @Test("Every profile is alive, healthy, and publishes Prometheus text", arguments: Profile.all.map(\.name))
  func commonPages(name: String) async throws {
    try await TestServer(try Profile(named: name)).test { client in
      #expect(try await client.send(.get, "/ping").json["message"] == "Success")
      #expect(try await client.send(.get, "/health").json["status"] == "ready")
      #expect(try await client.send(.get, "/metrics/prometheus").text.contains("# TYPE orders gauge\norders{status=\"pending\"} 0\n"))
      let accepting = try await client.send(
        .get, "/metrics", headers: [.accept: "application/openmetrics-text;q=0.9, text/plain; version=0.0.4;q=0.5, */*;q=0.1"])
      if name == "marketplace" {
        #expect(accepting.code == 404)
      } else {
        #expect(accepting.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(try await client.send(.get, "/metrics", headers: [.accept: "text/plain"]).json["total_orders"] == .number(0))
      }
    }
  }

  @Test("A wrong list element is named by its place, as each framework does")
  func namesElements() async throws {
    try await TestServer(.basicAuth).test { client in
      let seen = try await client.create(#""order_id":1.5,"item_ids":[1,"b"],"total_amount":1"#)
      let document = try JSON(
        parsing: """
          {"error":{"order_id":["Not a valid integer."],"user_id":["Missing data for required field."],
          "item_ids":{"1":["Not a valid integer."]}}}
          """)
      #expect(try seen.json.isSame(as: document), "\(seen.text)")
    }
    try await TestServer(.parallel).test { client in
      let seen = try await client.create(#""user_id":"u","item_ids":["a",3],"total_amount":1"#)
      let document = try JSON(
        parsing: #"{"detail":[{"loc":["body","item_ids",1],"msg":"Input should be a valid string","type":"string_type"}]}"#)
      #expect(try seen.json.isSame(as: document), "\(seen.text)")
    }
  }

  @Test("Beyond the rate that a caller may send at, creates are refused for now, and nothing else is", arguments: shapes)
  func limitsCreates(name: String, field: String, type: String) async throws {
    let rate = try Rate(text: "1/h")
    try await TestServer(try Profile(named: name), createRateLimit: rate).test { client in
      _ = try await client.send(.post, "/orders", body: "{}")
      let refused = try await client.send(.post, "/orders", body: "{}")
      try expectError(refused, 429, at: field, type, in: name)
      #expect(refused.headers[.retryAfter].flatMap { Int($0) }.map { (3_590...3_601).contains($0) } == true)
      #expect(try await client.send(.get, "/ping").code == 200)
    }
  }
}
