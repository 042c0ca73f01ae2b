import Foundation
import Testing

/// Somebody who has an account with a marketplace, and orders by it.
struct Customer {
  /// The API with the customer's access token.
  var api: API
  var accessToken: String
  var refreshToken: String

  /// Registers and logs in.
  init(_ name: String, at api: API) async throws {
    let registered = try await api.post(
      "/auth/register", #"{"name":"\#(name)","email":"\#(name)@example.org","password":"\#(Self.password)"}"#)
    try #require(registered.status == 201, "\(registered)")
    try self.init(answer: try await Self.login(name, at: api), at: api)
  }

  /// Reads the answer to a login or a refresh.
  init(answer: Answer, at api: API) throws {
    let tokens = try answer.json()
    accessToken = try #require(tokens["access_token"]?.text, "\(answer)")
    refreshToken = try #require(tokens["refresh_token"]?.text, "\(answer)")
    self.api = api.with("Authorization", "Bearer \(accessToken)")
  }

  static let password = "correct horse battery"

  static func login(_ name: String, password: String = password, at api: API) async throws -> Answer {
    try await api.post("/auth/login", #"{"email":"\#(name)@example.org","password":"\#(password)"}"#)
  }

  static func order(_ number: Int) -> String { #"{"product_name":"Lamp \#(number)","amount":9.99}"# }

  /// Sends orders; their ids in the order of acceptance.
  func order(_ numbers: ClosedRange<Int>) async throws -> [String] {
    try await sendOrders(numbers, to: api, body: Self.order, idAt: "id")
  }

  func status(_ id: String) async throws -> String? { try await api.get("/orders/\(id)").json()["status"]?.text }
}
