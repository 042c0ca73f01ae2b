import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// The API's description, and a page on which it can be read and tried out.
struct DocumentationRoutes: Sendable {
  /// The profile's name.
  let name: String
  let format: APIFormat
  let authenticator: Authenticator
  let maxBodySize: ByteCount

  /// Called after all other routes have been added, because those are what is described; these routes are described too.
  func add(to routes: inout Routes) {
    var described = routes
    add(to: &described, description: [])
    let description = OpenAPIDocument(
      name: name, format: format, authenticator: authenticator, maxBodySize: maxBodySize, routes: described.all
    ).json
    add(to: &routes, description: description)
  }

  private func add(to routes: inout Routes, description: JSON) {
    var bytes = ByteBuffer()
    description.encode(into: &bytes)
    routes.get("/openapi.json", Self.openapi) { [bytes] _, _ in
      Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
    }
    routes.get("/", Self.root) { _, _ in Response(Self.start.status, Self.start.json, headers: Self.start.headers) }
    routes.get("/docs", Self.docs) { _, _ in
      Response(
        status: .ok, headers: [.contentType: DocumentationPage.type, .contentSecurityPolicy: DocumentationPage.policy],
        body: ResponseBody(byteBuffer: ByteBuffer(string: DocumentationPage.text)))
    }
  }

  /// Leads a request for `/` to the documentation; in words, too, for clients that follow no redirect.
  private static let start = APIReply(
    .temporaryRedirect, ["documentation": "/docs", "description": "/openapi.json"], headers: [.location: "/docs"])

  private static let root = Operation(
    id: "start", topic: .server, summary: "Leads to the documentation",
    outcomes: [
      Operation.Outcome(
        status: start.status, detail: "Where the documentation and this description are.",
        contents: [
          Operation.Content(
            schema: .answer(["documentation": .constant("/docs"), "description": .constant("/openapi.json")]), example: start.json)
        ],
        headers: [Operation.Header(name: .location, schema: .constant("/docs"), detail: "The documentation.")])
    ])

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
