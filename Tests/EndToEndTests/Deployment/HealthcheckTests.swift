import Foundation
import Testing

extension EndToEnd.OrderServer {
  @Suite("The container's health check")
  struct HealthcheckTests {
    @Test(
      "It ends with 0 while the server answers, whoever may call it, and with 1 when it is gone", arguments: ["standard", "basic-auth"])
    func check(profile: String) async throws {
      let script = Nginx.shipped.deletingLastPathComponent().appendingPathComponent("healthcheck").path
      var port = ""
      try await served(profile, environment: BasicAuthTests.accounts) { api async throws in
        port = api.url.split(separator: ":").last.map(String.init) ?? ""
        // It waits for five seconds, and a server that stands still for as long is none that answers.
        try await until { try await Programs.run(script, [port]).code == 0 }
        try await until { try await Programs.run(script, [], environment: ["ORDER_SERVER_PORT": port]).code == 0 }
      }
      #expect(try await Programs.run(script, [port]).code == 1)
    }
  }
}
