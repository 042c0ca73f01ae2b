import Shared

/// The API's description (OpenAPI 3.1), made from what the profile serves.
struct OpenAPIDocument {
  let profile: Profile

  var json: JSON {
    [
      "openapi": "3.1.0", "info": ["title": .string("Orders (\(profile.name))"), "version": "1.0.0"],
      "paths": .object(paths.map { JSON.Member(name: $0.path, value: .object($0.operations)) }),
    ]
  }

  private var paths: [(path: String, operations: [JSON.Member])] {
    let spelling = profile.spelling
    var orders = [operation("post", "Create an order", code: "201", body: spelling.example)]
    if spelling.page != nil { orders.append(operation("get", "List orders, newest first", query: ["status", "limit", "cursor"])) }
    var paths = [("/orders", orders)]
    if spelling.order != nil { paths.append(("/orders/{id}", [operation("get", "Show an order", hasID: true)])) }
    if spelling.status != nil { paths.append(("/orders/{id}/status", [operation("get", "Show an order's status", hasID: true)])) }
    if spelling.cancelled != nil {
      paths.append(("/orders/{id}/cancel", [operation("post", "Cancel an order that is pending", hasID: true)]))
    }
    if spelling.metrics != nil { paths.append(("/metrics", [operation("get", "Counts and averages")])) }
    if spelling.orderMetrics != nil { paths.append(("/metrics/{id}", [operation("get", "Show an order's times", hasID: true)])) }
    if profile.authentication == .bearer {
      let login: JSON = ["email": "ann@example.org", "password": "correct horse"]
      let registration: JSON = ["name": "Ann", "email": "ann@example.org", "password": "correct horse"]
      paths.append(("/auth/register", [operation("post", "Make an account", code: "201", body: registration)]))
      paths.append(("/auth/login", [operation("post", "Get tokens", body: login)]))
      paths.append(("/auth/refresh", [operation("post", "Renew tokens", body: ["refresh_token": "…"])]))
    }
    paths.append(("/ping", [operation("get", "Whether the server is there")]))
    paths.append(("/health", [operation("get", "Whether the server can do its work")]))
    paths.append(("/metrics/prometheus", [operation("get", "Counts and sums as Prometheus text")]))
    return paths
  }

  private func operation(
    _ method: String, _ summary: String, hasID: Bool = false, query: [String] = [], code: String = "200", body: JSON? = nil
  ) -> JSON.Member {
    var operation: JSON = ["summary": .string(summary)]
    let parameters: [JSON] =
      (hasID ? [["name": "id", "in": "path", "required": .boolean(true), "schema": ["type": "string"]]] : [])
      + query.map { ["name": .string($0), "in": "query", "schema": ["type": "string"]] }
    if !parameters.isEmpty { operation.set(.array(parameters), at: "parameters") }
    if let body {
      operation.set(
        ["required": .boolean(true), "content": ["application/json": ["schema": ["type": "object"], "example": body]]], at: "requestBody")
    }
    operation.set(.object([JSON.Member(name: code, value: ["description": "Success"])]), at: "responses")
    return JSON.Member(name: method, value: operation)
  }
}
