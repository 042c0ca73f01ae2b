import Hummingbird
import HummingbirdTesting
import Shared
import Testing

@testable import OrderServer

@Suite("The API's description")
struct DocumentationTests {
  @Test("Every path that is described is served, with the methods that are described", arguments: ["standard", "parallel", "marketplace"])
  func describesWhatIsServed(name: String) async throws {
    try await TestServer(try Profile(named: name)).test { client in
      let page = try await client.send(.get, "/docs")
      #expect(page.code == 200 && page.text.contains("openapi.json") && !page.text.contains("https://"))
      guard case .object(let paths)? = try await client.send(.get, "/openapi.json").json["paths"] else {
        Issue.record("no paths")
        return
      }
      // Those of accounts are served where there are accounts.
      for path in paths where !path.name.hasPrefix("/auth/") {
        guard case .object(let operations) = path.value else { continue }
        let allowed = try await client.send(.delete, path.name.replacing("{id}", with: "x")).headers[.allow] ?? ""
        for operation in operations { #expect(allowed.contains(operation.name.uppercased()), "\(operation.name) \(path.name)") }
      }
    }
  }

  @Test("Where the original has no such pages there are none", arguments: ["basic-auth", "sequential", "fcfs"])
  func describesNothing(name: String) async throws {
    try await TestServer(try Profile(named: name)).test { client in
      for path in ["/docs", "/openapi.json"] {
        let seen = try await client.send(.get, path)
        #expect(seen.code == 404)
      }
    }
  }
}
