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

  /// What a body shows, as in `{field: status, words: [ok]}`.
  /// - Parameters:
  ///   - example: how it could be written, for errors.
  ///   - others: further keys that it may have, which are read elsewhere.
  func sign(_ example: String, beside others: [String] = []) throws(ConfigurationError) -> BodySign {
    let fields = try DialectFields(self, known: others + ["field", "words"])
    let field = try fields.required("field", example).fieldPath("status")
    var words: [String] = []
    for element in try fields["words"]?.sequence() ?? [] { words.append(try element.line("ok")) }
    if let node = fields["words"], words.isEmpty {
      throw node.refusal("it has no word; leave 'words' out where it is enough that anything stands there")
    }
    return BodySign(field, words: words)
  }

  /// HTTP status codes, at least one.
  func neededCodes() throws(ConfigurationError) -> Set<Int> {
    let codes = try codes()
    guard !codes.isEmpty else { throw refusal("it has no status code; write at least one, as in [200]") }
    return codes
  }

  /// HTTP headers, no name twice (case is ignored). Refused are those that follow from the request, that would ask for answers that are not
  /// read, and `Authorization`, which is a secret.
  /// - Parameter areDecoded: whether compressed answers are read.
  func headers(_ place: SlotPlace, areDecoded: Bool = false) throws(ConfigurationError) -> [Dialect.Header] {
    if isNone { return [] }
    guard let pairs else { throw refusal("it is \(kind) where headers are due, as in {Prefer: respond-async}") }
    var headers: [Dialect.Header] = []
    for (text, header) in pairs {
      try header.checkHeaderName(text, areDecoded: areDecoded)
      guard !headers.contains(where: { $0.name.lowercased() == text.lowercased() }) else {
        throw header.refusal("the header stands there twice; leave one of them out")
      }
      let template = try header.template(place, "'{uuid}'")
      guard template.filled({ _ in "" }).utf8.allSatisfy({ $0 < 0x7F }) else {
        throw header.refusal("its value has characters beyond ASCII, which no header can have")
      }
      if text.lowercased() == "content-type" { try header.checkContentType(template) }
      if text.isSameWord(as: "accept-encoding") { try header.checkAcceptEncoding(template) }
      headers.append(Dialect.Header(text, template))
    }
    return headers
  }

  /// What a body is written in says how slots are filled in it, so it is the same for all requests of a kind.
  private func checkContentType(_ template: Template) throws(ConfigurationError) {
    let type = template.description.utf8.prefix { $0 != UInt8(ascii: ";") }
    let parts = type.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isType =
      parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { ByteScan.isToken($0) || $0 == 0x20 }
      }
    guard template.slots.isEmpty, isType else {
      throw refusal("'\(template)' is no media type: write one such as application/vnd.acme.order+json or text/csv")
    }
    guard !template.description.lowercased().hasPrefix("multipart/") else {
      throw refusal("'\(template)' is not written by loadgen: an API that takes such bodies mostly takes application/x-www-form-urlencoded")
    }
  }

  private func checkHeaderName(_ name: String, areDecoded: Bool) throws(ConfigurationError) {
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }) else {
      throw refusal("'\(name)' is no header's name: it has letters, digits and hyphens, as in Idempotency-Key")
    }
    switch name.lowercased() {
    case "host", "content-length", "transfer-encoding", "connection", "expect", "upgrade", "te", "trailer":
      throw refusal("'\(name)' cannot be set: it follows from the request; leave it out")
    case "accept-encoding" where !areDecoded:
      throw refusal("'\(name)' cannot be set: compressed answers are not read, but for figures (metrics.headers); leave it out")
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
}

extension DialectReader {
  /// A request in the keys `method`, `path`, `headers` and `body`. Needs the headers of every request to have been read.
  /// - Parameters:
  ///   - method: the method where the file says none.
  ///   - place: which slots the request may have.
  ///   - slot: a slot that it must have, most likely in its path.
  ///   - areDecoded: whether compressed answers to it are read.
  ///   - example: an example of a path, for errors.
  func request(
    _ fields: DialectFields, _ method: String, _ place: SlotPlace, needs slot: Slot? = nil, areDecoded: Bool = false, _ example: String
  ) throws(ConfigurationError) -> Dialect.Request {
    let path = try fields.required("path", "path: \(example)")
    var request = Dialect.Request(try fields["method"]?.method() ?? method, try path.path(place, example))
    request.headers = try fields["headers"]?.headers(place, areDecoded: areDecoded) ?? []
    request.body = try fields.optional("body")?.body(place, dialect.bodyForm(of: request))
    if request.method == "GET", request.body != nil, let body = fields["body"] {
      throw body.refusal("a GET has no body; say another 'method', or leave the body out")
    }
    if let slot, !request.slots.contains(slot) {
      let hint = request.body == nil ? "" : ", or write it into the body"
      throw path.refusal("'\(request.path)' has no {\(slot)} in it; write it as in \(example)\(hint)")
    }
    return request
  }
}
