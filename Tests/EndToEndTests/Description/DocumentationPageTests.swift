import Foundation
import Testing

#if os(Linux)
  extension EndToEnd.OrderServer {
    /// `/docs` as a browser shows it.
    @Suite("The page at /docs")
    struct DocumentationPageTests {
      /// What a browser makes of a page.
      private struct Loaded {
        /// The document as it is after the scripts have run.
        var document: String
        /// Whatever was asked for by the page itself, not by the browser for its own ends.
        var requests: [String]
      }

      private func load(_ url: String) async throws -> Loaded {
        try await withTemporaryFolder { folder in
          let log = folder.appendingPathComponent("net.json")
          let document = try await Browser.document(of: url, in: folder, flags: ["--log-net-log=\(log.path)"])
          // One event a line. The browser's own requests have no origin.
          let requests = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").compactMap { line -> String? in
            guard line.contains(#""initiator":"http"#), let url = line.firstMatch(of: /"url":"([^"]*)"/) else { return nil }
            return String(url.1)
          }
          return Loaded(document: document, requests: requests)
        }
      }

      @Test(
        "Every operation is on it, with its parameters, its body and its answers, and nothing is fetched from elsewhere",
        .enabled(if: Browser.isThere, Browser.missing),
        // Those that differ in whom they let in.
        arguments: Shape.all.filter { ["standard", "basic-auth", "marketplace"].contains($0.name) })
      func showsEverything(shape: Shape) async throws {
        try await shape.serve { api in
          let api = try await shape.admitted(to: api)
          let description = try await api.get("/openapi.json").json()
          let credentials = shape.name == "basic-auth" ? "alice:s3cret@" : ""
          let loaded = try await load(api.url.replacing("http://", with: "http://\(credentials)") + "/docs")
          #expect(!loaded.requests.isEmpty && loaded.requests.allSatisfy { $0 == "\(api.url)/openapi.json" }, "\(loaded.requests)")
          var shown: [String: Substring] = [:]
          for part in loaded.document.split(separator: #"<details class="operation" id=""#, omittingEmptySubsequences: false).dropFirst() {
            shown[String(part.prefix { $0 != "\"" })] = part
          }
          var count = 0
          for (path, methods) in description["paths"]?.members ?? [:] {
            for (method, operation) in methods.members {
              count += 1
              let id = try #require(operation["operationId"]?.text)
              let part = try #require(shown[id], "\(id) is not on the page")
              var texts = [method.uppercased(), path] + (operation["responses"]?.keys ?? [])
              texts += (operation["parameters"]?.array ?? []).compactMap { $0["name"]?.text }
              let body = operation["requestBody"]?["content"]?["application/json"]
              texts += body?["example"]?.keys ?? []
              for text in texts { #expect(part.contains(">\(text)<"), "\(id) without \(text)") }
              #expect(part.contains("<form>") && part.contains("<textarea") == (body != nil), "\(id)")
            }
          }
          #expect(count == shown.count && count >= 7)
        }
      }
    }
  }
#endif

extension JSONValue {
  fileprivate var members: [String: JSONValue] {
    if case .object(let values) = self { values } else { [:] }
  }
}
