import Shared

extension DialectReader {
  /// Needs `create` to have been read, which says what ids are like.
  func status(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Status {
    let fields = try DialectFields(node, known: DialectFields.request + ["in", "field", "words", "unknown"])
    let words = try self.words(
      fields.required("words", "words: {pending: NEW, processing: RUNNING, completed: DONE, failed: [REJECTED, ERROR]}"))
    if let source = fields["in"] {
      let text = try source.text("list")
      guard text == "list" else { throw source.refusal("'\(text)' is not 'list': a status is in the list, or at a 'path' of its own") }
      if let other = fields.inOrder.first(where: { !["in", "words"].contains($0.name) }) {
        throw other.value.refusal("'in: list' searches the list, which says where ids and statuses are: leave '\(other.name)' out")
      }
      return Dialect.Status(.list, words: words)
    }
    guard fields["path"] != nil else {
      throw node.refusal("there is neither 'path' nor 'in: list': add one, as in path: /orders/{id}")
    }
    let request = try fields.request("GET", .order(own: ownID), needs: .id, "/orders/{id}")
    let field = try fields.required("field", "field: status").fieldPath("data.status")
    return Dialect.Status(.order(request, field: field), words: words, unknownCodes: try fields["unknown"]?.codes() ?? [404])
  }

  private func words(_ node: DialectNode) throws(ConfigurationError) -> StatusWords {
    let fields = try DialectFields(node, known: OrderStatus.allCases.map(\.rawValue))
    var words: [OrderStatus: [String]] = [:]
    var owners: [String: String] = [:]
    for (name, value) in fields.inOrder {
      guard let status = OrderStatus(rawValue: name) else { continue }
      for element in try value.elements() {
        let word = try element.line("DONE")
        if let owner = owners[word.lowercased()] {
          let isOpen = Set([owner, name]) == [OrderStatus.pending.rawValue, OrderStatus.processing.rawValue]
          guard isOpen else {
            throw element.refusal(
              "'\(word)' stands under '\(owner)' as well (case makes no difference); a word means one status, or both pending and processing"
            )
          }
        }
        words[status, default: []].append(word)
        owners[word.lowercased()] = name
      }
    }
    guard words[.completed] != nil else {
      throw (fields["completed"] ?? node).refusal(
        "there is no word for 'completed', without which no order ends; add it, as in completed: DONE")
    }
    return StatusWords(words)
  }

  /// Where an order is read whole. Needs `create` and `status` to have been read.
  func order(_ node: DialectNode) throws(ConfigurationError) -> Dialect.OrderPage {
    let fields = try DialectFields(node, known: DialectFields.request + ["field"])
    let request = try fields.request("GET", .order(own: ownID), needs: .id, "/orders/{id}")
    if let field = fields["field"] { return Dialect.OrderPage(request, status: try field.fieldPath("data.status")) }
    // It is most likely to stand where it stands elsewhere.
    switch dialect.status.source {
    case .order(_, let field): return Dialect.OrderPage(request, status: field)
    case .list: return Dialect.OrderPage(request, status: dialect.list?.status ?? "status")
    }
  }

  /// Needs `create` to have been read, which says what ids are like.
  func cancel(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Cancel {
    let fields = try DialectFields(node, known: DialectFields.request + ["accepted", "refused"])
    let request = try fields.request("POST", .order(own: ownID), needs: nil, "/orders/{id}/cancel")
    guard request.slots.contains(.id) else {
      throw (fields["path"] ?? node).refusal(
        "{id} is nowhere in the request; write it into the path, as in /orders/{id}/cancel, or the body")
    }
    let cancel = Dialect.Cancel(
      request, acceptedCodes: try fields["accepted"]?.neededCodes() ?? [200, 202, 204],
      refusedCodes: try fields["refused"]?.codes() ?? [400, 409])
    try fields.refuseCommonCodes("accepted", cancel.acceptedCodes, "refused", cancel.refusedCodes)
    return cancel
  }

  func list(_ node: DialectNode) throws(ConfigurationError) -> Dialect.List {
    let fields = try DialectFields(node, known: DialectFields.request + ["orders", "id", "status", "pages"])
    var list = Dialect.List(
      try fields.request("GET", .list, "/orders?limit=100"),
      orders: try fields.required("orders", "orders: data.orders").fieldPath("data.orders"),
      id: try fields.required("id", "id: order_id").fieldPath("order_id"),
      status: try fields.required("status", "status: order_status").fieldPath("order_status"))
    if let node = fields.optional("pages") {
      let fields = try DialectFields(node, known: ["cursor", "path"])
      let example = "/orders?cursor={cursor}"
      list.pages = Dialect.List.Pages(
        cursor: try fields.required("cursor", "cursor: next_cursor").fieldPath("next_cursor"),
        path: try fields.required("path", "path: '\(example)'").path(.page, needs: .cursor, example))
    }
    return list
  }
}
