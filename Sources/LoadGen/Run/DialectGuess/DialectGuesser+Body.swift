import Shared

extension DialectGuesser {
  /// What is sent to make an order.
  /// - Parameter id: where the answer has the order's id.
  mutating func guessBody(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription, id: FieldPath?) {
    guessQuery(operation, description)
    let request = description.resolved(operation.tree["requestBody"])
    if let media = description.media(request, as: .json) {
      let type = media.type.parts(between: ";").first.map(String.init) ?? ""
      if !type.isSameWord(as: "application/json"), Self.isMediaType(type) {
        guess.dialect.create.request.headers = [Dialect.Header("Content-Type", Template(type))]
      }
      return guessJSON(operation, media.tree, description, id)
    }
    if let media = description.media(request, as: .form) {
      let schema = SchemaView(media.tree["schema"], in: description)
      if let body = FormTemplate.body(of: schema) {
        guess.dialect.create.request.headers = [Dialect.Header("Content-Type", "application/x-www-form-urlencoded")]
        guess.dialect.create.request.body = Template(body)
        return guess.because("create.body", "a form, by the schema of \(operation.words)")
      }
    }
    let isNone =
      request == nil && operation.parameters.contains { description.resolved($0)?["in"]?.text?.hasSameBytes(as: "query") ?? false }
    if isNone {
      guess.dialect.create.request.body = nil
    } else {
      let words =
        request == nil ? "\(operation.words) is described without a body" : "the body of \(operation.words) is not described as JSON"
      guess.open("create.body", "\(words): write one as the API takes it")
    }
  }

  static func isMediaType(_ text: String) -> Bool {
    let parts = text.parts(between: "/")
    return parts.count == 2 && text.utf8.count <= 100 && parts.allSatisfy { $0.utf8.allSatisfy(ByteScan.isToken) }
      && !text.lowercasedASCII.utf8.starts(with: "multipart/".utf8)
  }

  private mutating func guessJSON(
    _ operation: OpenAPIDescription.Operation, _ media: JSONTree, _ description: OpenAPIDescription, _ id: FieldPath?
  ) {
    let schema = SchemaView(media["schema"], in: description)
    let example = media["example"] ?? description.resolved(media["examples"]?.members.first?.value)?["value"]
    var template = BodyTemplate()
    guessOwnID(schema, example ?? schema.sample, id, &template)
    guard let body = template.body(of: schema, example: example) else {
      guess.dialect.create.id = Self.withoutOwn(guess.dialect.create.id)
      return guess.open("create.body", "the body of \(operation.words) is not described: write one as the API takes it")
    }
    guess.dialect.create.request.body = Template(body)
    let source = example != nil || schema.sample != nil ? "the example" : "the schema"
    guess.because("create.body", "by \(source) of \(operation.words)")
    if !template.doubtful.isEmpty {
      let names = template.doubtful.prefix(8).map { Legible.line($0, limit: 40) }.joined(separator: ", ")
      guess.open("create.body", "these may have to look otherwise: \(names)")
    }
    let codes = description.answers(operation).map(\.code)
    if !schema.required.isEmpty, codes.contains(400) || codes.contains(422) {
      guess.dialect.create.invalidBody = "{}"
      guess.because("create.invalid", "fields are required, and \(codes.contains(422) ? 422 : 400) is described")
    }
  }

  /// Finds out whether the client chooses the id: it sends one by the name that the answer has it by.
  private mutating func guessOwnID(_ schema: SchemaView, _ example: JSONTree?, _ id: FieldPath?, _ template: inout BodyTemplate) {
    let properties = schema.properties
    let candidates: [String]
    if let id, let key = id.keys.last {
      candidates = [key]
    } else {
      candidates = properties.map(\.key).filter { key in
        let name = NameWords(key)
        return name.words.last == "id" && (name.words.count == 1 || name.has(NameWords.surelyOrders))
      }
    }
    for key in candidates {
      let property = properties.first { $0.key.hasSameBytes(as: key) }?.value
      let sent = example?.members.last { $0.key.hasSameBytes(as: key) }?.value
      guard sent != nil || property != nil && schema.required.contains(ByteText(key)) else { continue }
      let isNumber = sent?.number != nil || sent == nil && property?.kinds.contains(.number) ?? false
      let isUUID = property?["format"]?.text?.hasSameBytes(as: "uuid") ?? false
      template.replaced[ByteText(key)] = isNumber ? "{id}" : "\"{id}\""
      guess.dialect.create.id = Dialect.IDSource(.own(isUUID ? "{uuid}" : "{number}"))
      guess.forget("create.id")
      guess.because("create.id", "'\(key)' is a field of the request: the client chooses it")
      return
    }
  }

  private static func withoutOwn(_ id: Dialect.IDSource) -> Dialect.IDSource {
    if case .own = id.place { Dialect.IDSource(.body("id")) } else { id }
  }

  /// Puts the parameters of the query that a create must have into its path.
  private mutating func guessQuery(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) {
    var pairs: [String] = []
    for parameter in operation.parameters {
      guard let tree = description.resolved(parameter), tree["required"]?.isTrue ?? false,
        tree["in"]?.text?.hasSameBytes(as: "query") ?? false,
        let name = tree["name"]?.text, name.utf8.count <= 60
      else { continue }
      let schema = SchemaView(tree["schema"], in: description)
      pairs.append("\(FormTemplate.escaped(name))=\(FormTemplate.value(of: schema, name))")
    }
    guard !pairs.isEmpty else { return }
    guess.dialect.create.request.path = Template("\(operation.path.text)?\(pairs.joined(separator: "&"))")
    guess.because("create.path", "with the parameters that \(operation.words) must have")
  }
}
