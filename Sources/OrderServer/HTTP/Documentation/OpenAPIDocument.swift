import HTTPTypes
import Shared

/// The API's description (OpenAPI 3.1), made from the routes that are served and from the profile's format.
struct OpenAPIDocument {
  /// The profile's name.
  let name: String
  let format: APIFormat
  let authenticator: Authenticator
  let maxBodySize: ByteCount
  let routes: [Routes.Route]

  var json: JSON {
    var schemas: [JSON.Member] = []
    let paths = paths(&schemas)
    let everywhere = everywhere(&schemas)
    var components: JSON = ["schemas": .object(schemas), "responses": everywhere]
    if let scheme = authenticator.securityScheme {
      components.set(.object([JSON.Member(name: scheme.name, value: scheme.json)]), at: "securitySchemes")
    }
    let topics = Operation.Topic.allCases.filter { topic in routes.contains { $0.operation.topic == topic } }
    return [
      "openapi": "3.1.0",
      "info": ["title": .string("Orders (\(name))"), "version": "1.0.0", "description": .string(about)],
      "servers": [["url": "/", "description": "This server."]],
      "tags": .array(topics.map { ["name": .string($0.rawValue)] }),
      "paths": paths,
      "components": components,
    ]
  }

  /// What holds for all paths.
  private var about: String {
    """
    Orders are stored, answered at once, and processed in the background.

    Bodies are read as JSON whatever Content-Type says: in UTF-8, of at most \(maxBodySize), nested at most \
    \(JSONParser.depthLimit) deep, without a name twice in one object. Fields and parameters that are not listed are passed over. What is \
    answered has the members that are listed, and no other.

    Each path that takes GET takes HEAD too, and answers it with the same code and headers. Any other method is answered with 405, and an \
    unknown path with 404: both look as under components, responses.
    """
  }

  private func paths(_ schemas: inout [JSON.Member]) -> JSON {
    var paths: [JSON.Member] = []
    for route in routes {
      let isOpen = !authenticator.needsCredentials(for: route)
      var operation = route.operation
      if !isOpen, let challenge = authenticator.challenge { operation.errors.insert(.unauthenticated(challenge), at: 0) }
      if !isOpen, case .basic = authenticator, !operation.errors.contains(.overLimit) { operation.errors.insert(.overLimit, at: 1) }
      let json = operation.json(format, scheme: isOpen ? nil : authenticator.securityScheme?.name, &schemas)
      let method = JSON.Member(name: route.method.rawValue.lowercased(), value: json)
      if let place = paths.firstIndex(where: { $0.name == route.path }), case .object(let methods) = paths[place].value {
        paths[place].value = .object(methods + [method])
      } else {
        paths.append(JSON.Member(name: route.path, value: .object([method])))
      }
    }
    return .object(paths)
  }

  /// The answers to requests that no operation is about.
  private func everywhere(_ schemas: inout [JSON.Member]) -> JSON {
    [
      "NoSuchPath": Operation.response([.noSuchPath("/nowhere")], format, &schemas),
      "MethodNotAllowed": Operation.response(
        [.methodNotAllowed(.delete, path: "/orders", allowed: [.post])], format, &schemas),
    ]
  }
}

extension Authenticator {
  /// How a caller says who it is; `nil` where nobody has to.
  fileprivate var securityScheme: (name: String, json: JSON)? {
    switch self {
    case .open: nil
    case .basic: ("basic", ["type": "http", "scheme": "basic", "description": "A name and a password that the operator has written down."])
    case .bearer:
      (
        "bearer",
        ["type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "The access_token of a login, good for some minutes."]
      )
    }
  }

  fileprivate var challenge: APIError.Challenge? {
    switch self {
    case .open: nil
    case .basic: .basic
    case .bearer: .bearer
    }
  }

  fileprivate func needsCredentials(for route: Routes.Route) -> Bool {
    switch self {
    case .open: false
    case .basic: !Self.isPublic(route.method, route.path)
    case .bearer: route.operation.isOnesOwn
    }
  }
}
