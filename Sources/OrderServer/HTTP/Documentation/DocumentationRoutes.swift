import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// The API's description, and a page on which it can be read and tried out.
struct DocumentationRoutes: Sendable {
  let profile: Profile
  let gate: Gate
  let maxBodySize: ByteCount

  /// - Parameter routes: all others; what is added last is described too.
  func add(to routes: inout Routes) {
    var described = routes
    add(to: &described, description: [])
    let description = OpenAPIDocument(profile: profile, gate: gate, maxBodySize: maxBodySize, routes: described.all).json
    add(to: &routes, description: description)
  }

  private func add(to routes: inout Routes, description: JSON) {
    var bytes = ByteBuffer()
    description.encode(into: &bytes)
    routes.get("/openapi.json", Self.openapi) { [bytes] _, _ in
      Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
    }
    routes.get("/docs", Self.docs) { _, _ in
      Response(
        status: .ok, headers: [.contentType: DocumentationPage.type, .contentSecurityPolicy: DocumentationPage.policy],
        body: ResponseBody(byteBuffer: ByteBuffer(string: DocumentationPage.text)))
    }
  }

  private static let openapi = Operation(
    id: "describe", topic: .server, summary: "This description",
    outcomes: [
      Operation.Outcome(
        detail: "An OpenAPI 3.1 document.",
        contents: [Operation.Content(schema: .plain(["type": "object", "required": ["openapi", "info", "paths"]]))])
    ])

  private static let docs = Operation(
    id: "showDocumentation", topic: .server, summary: "The same as a page on which requests can be tried out",
    outcomes: [
      Operation.Outcome(
        detail: "It needs nothing from elsewhere.",
        contents: [Operation.Content(type: DocumentationPage.type, schema: .plain(["type": "string"]))])
    ])
}
