import Shared

extension DialectReader {
  func create(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Create {
    let fields = try DialectFields(node, known: DialectFields.request + ["accepted", "refused", "success", "id", "duplicates", "invalid"])
    let id = try self.id(fields.required("id", "id: {body: order_id}, or id: none where 'status' is none"))
    var own: Template?
    if case .own(let template) = id.place { own = template }
    let place = SlotPlace.create(own: own)
    let request = try request(fields, "POST", place, "/orders")
    var create = Dialect.Create(
      request, acceptedCodes: try fields["accepted"]?.neededCodes() ?? [200, 201, 202], refusedCodes: try fields["refused"]?.codes() ?? [],
      id: id)
    try fields.refuseCommonCodes("accepted", create.acceptedCodes, "refused", create.refusedCodes)
    create.duplicates = try fields.optional("duplicates").map { node throws(ConfigurationError) in try duplicates(node, id, place) }
    create.success = try fields.optional("success")?.sign("success: {field: status, words: [ok]}")
    // It may be wrong in any way, so as not to be JSON.
    create.invalidBody = try fields.optional("invalid")?.body(place, .plain)
    return create
  }

  /// Needs `create` to have been read, which says what ids are like.
  func confirm(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Confirm {
    let fields = try DialectFields(node, known: DialectFields.request + ["accepted", "success"])
    return Dialect.Confirm(
      try request(fields, "POST", .order(own: ownID), needs: .id, "/orders/{id}/payment"),
      acceptedCodes: try fields["accepted"]?.neededCodes() ?? [200, 201, 202, 204],
      success: try fields.optional("success")?.sign("success: {field: status, words: [paid]}"))
  }

  // MARK: The id

  private func id(_ node: DialectNode) throws(ConfigurationError) -> Dialect.IDSource {
    if node.isNone { return Dialect.IDSource(.untold) }
    let places = ["body", "header", "own"]
    let fields = try DialectFields(node, known: places + ["cut", "letters"])
    let named = fields.inOrder.filter { places.contains($0.name) }
    guard let first = named.first, named.count == 1 else {
      let found = named.isEmpty ? "it does not say where the id is" : "it says \(named.map(\.name).joined(separator: " and "))"
      throw node.refusal("\(found); it needs one of {body: order_id}, {header: Location} and {own: '{number}'}")
    }
    switch first.name {
    case "own":
      for name in ["cut", "letters"] {
        if let field = fields[name] { throw field.refusal("'\(name)' is of an id that the answer has; with 'own' leave it out") }
      }
      return Dialect.IDSource(.own(try ownID(first.value)))
    case "header":
      let name = try first.value.line("Location")
      guard name.lowercased() == "location" else {
        throw first.value.refusal(
          "'\(name)' is not kept from an answer: of its headers only Location is; the id must be there, or in the body")
      }
      return Dialect.IDSource(
        .header(name), cut: try cut(fields), letterCase: try fields["letters"]?.choice(Dialect.IDSource.LetterCase.self))
    default:
      return Dialect.IDSource(
        .body(try first.value.fieldPath("data.id")), cut: try cut(fields),
        letterCase: try fields["letters"]?.choice(Dialect.IDSource.LetterCase.self))
    }
  }

  /// An id that the client chooses: it must be different for every order of every run.
  private func ownID(_ node: DialectNode) throws(ConfigurationError) -> Template {
    let template = try node.template(.ownID, "'{number}'")
    guard template.isUnique else {
      throw node.refusal(
        "'\(template)' is not different for every order of every run: it needs {number}, {uuid}, or {run} together with {index}")
    }
    return template
  }

  /// The text around the id, which must have `{id}` exactly once.
  private func cut(_ fields: DialectFields) throws(ConfigurationError) -> Template? {
    guard let node = fields["cut"] else { return nil }
    let template = try node.template(.cut, "'ORD{id}'")
    guard template.slots == [.id] else {
      throw node.refusal("'\(template)' has {id} \(template.slots.count) times in it, and needs it once, as in 'ORD{id}'")
    }
    return template
  }

  // MARK: Duplicates

  private func duplicates(_ node: DialectNode, _ id: Dialect.IDSource, _ place: SlotPlace) throws(ConfigurationError)
    -> Dialect.Duplicates
  {
    if node.single != nil {
      let word = try node.text("refused")
      guard word == "refused" else {
        throw node.refusal("'\(word)' is neither 'refused' nor {same_id: {Idempotency-Key: '{uuid}'}} nor 'none'")
      }
      guard case .own = id.place else {
        throw node.refusal("'refused' needs an id that the client chooses, as in id: {own: '{number}'}: by any other nothing is the same")
      }
      return .refused
    }
    let fields = try DialectFields(node, known: ["same_id"])
    let header = try fields.required("same_id", "same_id: {Idempotency-Key: '{uuid}'}")
    let headers = try header.headers(place)
    guard let key = headers.first, headers.count == 1 else {
      throw header.refusal("it has \(headers.count) headers, and needs one, as in {Idempotency-Key: '{uuid}'}")
    }
    guard key.value.isUnique || key.value.slots.contains(.id) else {
      throw header.refusal("'\(key.value)' is not different for every order: it needs {uuid}, {number}, or {run} together with {index}")
    }
    return .sameID(key)
  }
}

extension Template {
  /// Whether no other order, of this run or another, gets the same text.
  fileprivate var isUnique: Bool {
    slots.contains(.number) || slots.contains(.uuid) || slots.contains(.run) && slots.contains(.index)
  }
}

extension DialectFields {
  /// Refuses a code that is listed under both keys.
  func refuseCommonCodes(_ first: String, _ firstCodes: Set<Int>, _ second: String, _ secondCodes: Set<Int>) throws(ConfigurationError) {
    guard let code = firstCodes.intersection(secondCodes).min() else { return }
    throw (self[second] ?? self[first] ?? node).refusal("\(code) stands under '\(first)' as well; a code means one of the two")
  }
}
