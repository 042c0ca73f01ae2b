import Shared

extension DialectNode {
  /// A place in a JSON document, as keys with dots between them; an empty text in quotes is the document itself.
  func fieldPath(_ example: String) throws(ConfigurationError) -> FieldPath {
    let text = try text(example)
    let path = FieldPath(text)
    guard path.description == text else {
      throw refusal("'\(text)' has an empty key in it; write keys with one dot between, as in \(example)")
    }
    return path
  }

  /// HTTP status codes.
  func codes() throws(ConfigurationError) -> Set<Int> {
    var codes: Set<Int> = []
    for element in try elements() {
      let text = try element.text("201")
      guard let code = Int(text), (100...599).contains(code) else {
        throw element.refusal("'\(text)' is no status code: it is a whole number from 100 to 599, as in 201")
      }
      codes.insert(code)
    }
    return codes
  }

  /// HTTP status codes, at least one.
  func neededCodes() throws(ConfigurationError) -> Set<Int> {
    let codes = try codes()
    guard !codes.isEmpty else { throw refusal("it has no status code; write at least one, as in [200]") }
    return codes
  }

  /// HTTP headers, no name twice (case is ignored). Refused are those that follow from the request, that would ask for compressed answers,
  /// and `Authorization`, which is a secret.
  func headers(_ place: SlotPlace) throws(ConfigurationError) -> [Dialect.Header] {
    if isNone { return [] }
    guard let pairs else { throw refusal("it is \(kind) where headers are due, as in {Prefer: respond-async}") }
    var headers: [Dialect.Header] = []
    for (text, header) in pairs {
      try header.checkHeaderName(text)
      guard !headers.contains(where: { $0.name.lowercased() == text.lowercased() }) else {
        throw header.refusal("the header stands there twice; leave one of them out")
      }
      let template = try header.template(place, "'{uuid}'")
      guard template.filled({ _ in "" }).utf8.allSatisfy({ $0 < 0x7F }) else {
        throw header.refusal("its value has characters beyond ASCII, which no header can have")
      }
      if text.lowercased() == "content-type" { try header.checkContentType(template) }
      headers.append(Dialect.Header(text, template))
    }
    return headers
  }

  /// Bodies are always JSON, and slots are filled so that they stay so: another type would be wrong.
  private func checkContentType(_ template: Template) throws(ConfigurationError) {
    let type = template.description.prefix { $0 != ";" }.lowercased()
    guard template.slots.isEmpty, type.hasSuffix("/json") || type.hasSuffix("+json") else {
      throw refusal("'\(template)' is no type of JSON, which every body is: write one such as application/vnd.acme.order+json")
    }
  }

  private func checkHeaderName(_ name: String) throws(ConfigurationError) {
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }) else {
      throw refusal("'\(name)' is no header's name: it has letters, digits and hyphens, as in Idempotency-Key")
    }
    switch name.lowercased() {
    case "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer":
      throw refusal("'\(name)' cannot be set: it follows from the request; leave it out")
    case "accept-encoding":
      throw refusal("'\(name)' cannot be set: compressed answers are not read; leave it out")
    case "authorization":
      throw refusal("'\(name)' is a secret, and no part of a dialect: say 'authentication', or give it with --header to the run")
    default: break
    }
  }

  /// One of GET, POST, PUT, PATCH and DELETE, in capitals.
  func method() throws(ConfigurationError) -> String {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    let text = try text("POST")
    if methods.contains(text) { return text }
    throw refusal("'\(text)' is none of \(methods.joined(separator: ", "))\(Self.guess(text.uppercased(), methods))")
  }
}

extension DialectFields {
  /// The keys of a request.
  static let request = ["method", "path", "headers", "body"]

  /// A request in the keys `method`, `path`, `headers` and `body`.
  /// - Parameters:
  ///   - method: the method where the file says none.
  ///   - place: which slots the request may have.
  ///   - slot: a slot that the path must have.
  ///   - example: an example of a path, for errors.
  func request(_ method: String, _ place: SlotPlace, needs slot: Slot? = nil, _ example: String) throws(ConfigurationError)
    -> Dialect.Request
  {
    var request = Dialect.Request(
      try self["method"]?.method() ?? method, try required("path", "path: \(example)").path(place, needs: slot, example))
    request.headers = try self["headers"]?.headers(place) ?? []
    request.body = try optional("body")?.body(place)
    if request.method == "GET", request.body != nil, let body = self["body"] {
      throw body.refusal("a GET has no body; say another 'method', or leave the body out")
    }
    return request
  }
}
