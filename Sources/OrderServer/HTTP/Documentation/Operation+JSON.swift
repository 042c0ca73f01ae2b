import HTTPTypes
import Shared

extension Operation {
  /// The operation as it is written in the document.
  /// - Parameters:
  ///   - format: decides how errors look.
  ///   - scheme: the name of the security scheme that a request must follow; `nil`: the operation is for everyone.
  ///   - components: receives the schemas that have a name.
  func json(_ format: APIFormat, scheme: String?, _ components: inout [JSON.Member]) -> JSON {
    var json: JSON = ["tags": [.string(topic.rawValue)], "operationId": .string(id), "summary": .string(summary)]
    if let detail { json.set(.string(detail), at: "description") }
    json.set(scheme.map { [.object([JSON.Member(name: $0, value: [])])] } ?? [], at: "security")
    if !parameters.isEmpty { json.set(.array(parameters.map { $0.json(&components) }), at: "parameters") }
    if let body {
      json.set(["required": .boolean(true), "content": Self.contents([body], &components)], at: "requestBody")
    }
    var responses = outcomes.map { (code: $0.status.code, json: $0.json(&components)) }
    for (status, errors) in grouped(errors, format) {
      responses.append((status.code, Self.response(errors, format, &components)))
    }
    responses.sort { $0.code < $1.code }
    json.set(.object(responses.map { JSON.Member(name: String($0.code), value: $0.json) }), at: "responses")
    return json
  }

  /// The errors grouped by the status codes that the profile answers them with.
  private func grouped(_ errors: [APIError], _ format: APIFormat) -> [(status: HTTPResponse.Status, errors: [APIError])] {
    var groups: [(status: HTTPResponse.Status, errors: [APIError])] = []
    for error in errors {
      let status = format.error(error).status
      if let place = groups.firstIndex(where: { $0.status == status }) {
        groups[place].errors.append(error)
      } else {
        groups.append((status, [error]))
      }
    }
    return groups
  }

  /// The response with one status code: its errors, each with the profile's own answer as an example.
  static func response(_ errors: [APIError], _ format: APIFormat, _ components: inout [JSON.Member]) -> JSON {
    var schemas: [Schema] = []
    var headers: [Header] = []
    var examples: [JSON.Member] = []
    var type = ""
    for error in errors {
      let reply = format.error(error)
      let (name, words) = error.occasion
      let schema = format.errorSchema(error)
      if !schemas.contains(schema) { schemas.append(schema) }
      for header in error.describedHeaders where !headers.contains(where: { $0.name == header.name }) { headers.append(header) }
      examples.append(JSON.Member(name: name, value: ["summary": .string("\(words)."), "value": reply.json]))
      type = reply.type
    }
    for place in headers.indices {
      headers[place].isRequired = errors.allSatisfy { $0.headers[headers[place].name] != nil }
    }
    let schema = schemas.count == 1 ? schemas[0] : .any(schemas)
    var json: JSON = ["description": .string(errors.map { "\($0.occasion.words)." }.joined(separator: " "))]
    if !headers.isEmpty { json.set(Self.headers(headers, &components), at: "headers") }
    let content: JSON = ["schema": schema.json(&components), "examples": .object(examples)]
    json.set(.object([JSON.Member(name: type, value: content)]), at: "content")
    return json
  }

  fileprivate static func contents(_ contents: [Content], _ components: inout [JSON.Member]) -> JSON {
    .object(
      contents.map { content in
        var json: JSON = ["schema": content.schema.json(&components)]
        if let example = content.example { json.set(example, at: "example") }
        return JSON.Member(name: content.type, value: json)
      })
  }

  fileprivate static func headers(_ headers: [Header], _ components: inout [JSON.Member]) -> JSON {
    .object(
      headers.map { header in
        JSON.Member(
          name: header.name.rawName,
          value: [
            "description": .string(header.detail), "required": .boolean(header.isRequired), "schema": header.schema.json(&components),
          ])
      })
  }
}

extension Operation.Parameter {
  fileprivate func json(_ components: inout [JSON.Member]) -> JSON {
    [
      "name": .string(name), "in": .string(place.rawValue), "description": .string(detail), "required": .boolean(place == .path),
      "schema": schema.json(&components),
    ]
  }
}

extension Operation.Outcome {
  fileprivate func json(_ components: inout [JSON.Member]) -> JSON {
    var json: JSON = ["description": .string(detail)]
    if !headers.isEmpty { json.set(Operation.headers(headers, &components), at: "headers") }
    json.set(Operation.contents(contents, &components), at: "content")
    if !links.isEmpty { json.set(.object(links.map { JSON.Member(name: $0.operation, value: $0.json) }), at: "links") }
    return json
  }
}

extension Operation.Link {
  fileprivate var json: JSON {
    var json: JSON = ["operationId": .string(operation), "description": .string(detail)]
    if !parameters.isEmpty { json.set(Self.expressions(parameters), at: "parameters") }
    if !body.isEmpty { json.set(Self.expressions(body), at: "requestBody") }
    return json
  }

  private static func expressions(_ values: KeyValuePairs<String, Source>) -> JSON {
    .object(
      values.map { name, source in
        switch source {
        case .request(let field): JSON.Member(name: name, value: .string("$request.body#/\(field)"))
        case .answer(let field): JSON.Member(name: name, value: .string("$response.body#/\(field)"))
        }
      })
  }
}
