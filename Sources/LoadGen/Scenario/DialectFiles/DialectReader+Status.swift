import Shared

extension DialectReader {
  /// Needs `create` to have been read, which says what ids are like.
  func status(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Status {
    let fields = try DialectFields(node, known: DialectFields.request + ["in", "gone", "field", "words", "unknown"])
    let gone = try fields.optional("gone")?.choice(OrderStatus.self)
    let words = try self.words(fields, told: Set(dialect.list?.parts.compactMap(\.status) ?? []).union(gone.map { [$0] } ?? []))
    if let source = fields["in"] {
      let text = try source.text("list")
      guard text == "list" else { throw source.refusal("'\(text)' is not 'list': a status is in the list, or at a 'path' of its own") }
      if let other = fields.inOrder.first(where: { !["in", "words", "gone"].contains($0.name) }) {
        throw other.value.refusal("'in: list' searches the list, which says where ids and statuses are: leave '\(other.name)' out")
      }
      if let gone, !gone.hasEnded, let node = fields["gone"] {
        throw node.refusal("an order that is gone from the list has ended: it is completed, cancelled or failed")
      }
      return Dialect.Status(.list, words: words, gone: gone)
    }
    if let node = fields["gone"] {
      throw node.refusal("'gone' is of a list that is searched: say 'in: list', or under 'unknown' how the API says that there is no order")
    }
    guard fields["path"] != nil else {
      throw node.refusal("there is neither 'path' nor 'in: list': add one, as in path: /orders/{id}")
    }
    let request = try request(fields, "GET", .order(own: ownID), needs: .id, "/orders/{id}")
    let field = try fields.required("field", "field: status").fieldPath("data.status")
    var status = Dialect.Status(.order(request, field: field), words: words)
    if let node = fields["unknown"] {
      if node.pairs == nil {
        status.unknownCodes = try node.codes()
      } else {
        let fields = try DialectFields(node, known: ["codes", "field", "words"])
        status.unknownCodes = try fields["codes"]?.codes() ?? [404]
        status.unknownSign = try node.sign("unknown: {field: error.code, words: [1]}", beside: ["codes"])
        if let node = fields["codes"], status.unknownCodes.contains(where: (200..<300).contains) {
          throw node.refusal(
            "with a code of 2xx every such answer says that there is no such order: leave it out, the field tells these apart")
        }
      }
    }
    return status
  }

  /// - Parameter told: the statuses that are told otherwise than by a word.
  private func words(_ status: DialectFields, told: Set<OrderStatus>) throws(ConfigurationError) -> StatusWords {
    let example = "words: {pending: NEW, processing: RUNNING, completed: DONE, failed: [REJECTED, ERROR]}"
    guard let node = status["words"] else {
      guard told.contains(.completed) else { throw status.node.refusal("there is no 'words': add it, as in \(example)") }
      // What no order says is not read; it is written in files and reports alone.
      return StatusWords(Dictionary(uniqueKeysWithValues: told.map { ($0, [$0.rawValue]) }))
    }
    let fields = try DialectFields(node, known: OrderStatus.allCases.map(\.rawValue))
    var words: [OrderStatus: [String]] = [:]
    var owners: [String: String] = [:]
    for (name, value) in fields.inOrder {
      guard let status = OrderStatus(rawValue: name) else { continue }
      guard !value.isNull else {
        throw value.refusal("null is no word: a status is a text, a number, true or false; leave '\(name)' out where no word says it")
      }
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
    for status in told where words[status] == nil { words[status] = [status.rawValue] }
    guard words[.completed] != nil else {
      throw (fields["completed"] ?? node).refusal(
        "there is no word for 'completed', without which no order ends; add it, as in completed: DONE")
    }
    return StatusWords(words)
  }

  /// Where an order is read whole. Needs `create` and `status` to have been read.
  func order(_ node: DialectNode) throws(ConfigurationError) -> Dialect.OrderPage {
    let fields = try DialectFields(node, known: DialectFields.request + ["field"])
    let request = try request(fields, "GET", .order(own: ownID), needs: .id, "/orders/{id}")
    if let field = fields["field"] { return Dialect.OrderPage(request, status: try field.fieldPath("data.status")) }
    // It is most likely to stand where it stands elsewhere.
    switch dialect.status.source {
    case .order(_, let field): return Dialect.OrderPage(request, status: field)
    case .list, .untold: return Dialect.OrderPage(request, status: dialect.list?.status ?? "status")
    }
  }

  /// Needs `create` to have been read, which says what ids are like.
  func cancel(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Cancel {
    let fields = try DialectFields(node, known: DialectFields.request + ["accepted", "refused", "success"])
    let request = try request(fields, "POST", .order(own: ownID), needs: .id, "/orders/{id}/cancel")
    var cancel = Dialect.Cancel(
      request, acceptedCodes: try fields["accepted"]?.neededCodes() ?? [200, 202, 204],
      refusedCodes: try fields["refused"]?.codes() ?? [400, 409])
    try fields.refuseCommonCodes("accepted", cancel.acceptedCodes, "refused", cancel.refusedCodes)
    cancel.success = try fields.optional("success")?.sign("success: {field: status, words: [ok]}")
    return cancel
  }
}

extension Dialect.Status {
  /// Of an API that tells of no order: it may be in any status.
  static let untold = Dialect.Status(
    .untold, words: StatusWords(Dictionary(uniqueKeysWithValues: OrderStatus.allCases.map { ($0, [$0.rawValue]) })))
}
