import Foundation
import Testing

/// The order API in odd places of `Tests/Fixtures/peer_orders.py`.
enum PeerOrders {
  static func with<Result>(_ flags: [String], _ body: (_ url: String) async throws -> Result) async throws -> Result {
    let script = Programs.fixtures.appendingPathComponent("peer_orders.py").path
    return try await RunningProgram.with("/usr/bin/env", ["python3", script] + flags) { try await body($1) }
  }

  /// What it has seen so far.
  static func seen(_ url: String) async throws -> [String: Any] { try await document(url + "/seen") }

  static func connections(_ url: String) async throws -> [String: Int] {
    try #require(try await seen(url)["connections"] as? [String: Int])
  }
}
