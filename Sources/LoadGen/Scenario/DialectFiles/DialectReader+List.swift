import Shared

extension DialectReader {
  func list(_ node: DialectNode) throws(ConfigurationError) -> Dialect.List {
    let fields = try DialectFields(node, known: DialectFields.request + ["orders", "id", "status", "pages"])
    let request = try request(fields, "GET", .list, "/orders?limit=100")
    let parts = try parts(fields.required("orders", "orders: data.orders"))
    var list = Dialect.List(request, parts: parts, id: try entryID(fields.required("id", "id: order_id")))
    if parts.contains(where: { $0.status == nil }) {
      list.status = try fields.required("status", "status: order_status").fieldPath("order_status")
    } else if let node = fields["status"] {
      throw node.refusal("the list that holds an order tells its status already: leave 'status' out, or name one list under 'orders'")
    }
    if let node = fields.optional("pages") { list.pages = try pages(node) }
    return list
  }

  /// One list, or one for each of some statuses.
  private func parts(_ node: DialectNode) throws(ConfigurationError) -> [Dialect.List.Part] {
    guard node.pairs != nil else { return [Dialect.List.Part(try node.fieldPath("data.orders"))] }
    let fields = try DialectFields(node, known: OrderStatus.allCases.map(\.rawValue))
    var parts: [Dialect.List.Part] = []
    for (name, value) in fields.inOrder {
      parts.append(Dialect.List.Part(try value.fieldPath("finished"), status: OrderStatus(rawValue: name)))
    }
    guard !parts.isEmpty else {
      throw node.refusal("it names no list; write one for each status, as in {pending: queued, completed: finished}")
    }
    return parts
  }

  private func entryID(_ node: DialectNode) throws(ConfigurationError) -> Dialect.List.EntryID {
    let text = try node.text("order_id")
    guard text.utf8.first == UInt8(ascii: "{") else { return .field(try node.fieldPath("order_id")) }
    guard text == "{key}" else {
      throw node.refusal("'\(text)' is neither a place, as in order_id, nor '{key}', where the list is an object with the ids as its keys")
    }
    return .key
  }

  private func pages(_ node: DialectNode) throws(ConfigurationError) -> Dialect.List.Pages {
    let fields = try DialectFields(node, known: ["cursor", "by", "from", "path"])
    let example = "/orders?cursor={cursor}"
    func path(_ example: String) throws(ConfigurationError) -> Template {
      try fields.required("path", "path: '\(example)'").path(.page, needs: .cursor, example)
    }
    if let from = fields["from"], fields["by"]?.single != "number" {
      throw from.refusal("'from' is the first page's number: it goes with 'by: number' alone")
    }
    guard let by = fields["by"] else {
      let cursor = try fields.required("cursor", "cursor: next_cursor, or by: offset").fieldPath("next_cursor")
      return Dialect.List.Pages(cursor: cursor, path: try path(example))
    }
    if let cursor = fields["cursor"] {
      throw cursor.refusal("a page leads on by its cursor, or 'by' something else: leave one of them out")
    }
    switch try by.choice(PageWay.self) {
    case .offset: return Dialect.List.Pages(.offset, path: try path("/orders?limit=100&offset={cursor}"))
    case .number:
      let first = try fields["from"]?.text("1") ?? "1"
      guard let number = Int(first), (0...1_000).contains(number) else {
        throw (fields["from"] ?? node).refusal("'\(first)' is no number of a first page, which is mostly 0 or 1")
      }
      return Dialect.List.Pages(.number(first: number), path: try path("/orders?page={cursor}"))
    case .link:
      if let path = fields["path"] { throw path.refusal("the link is the next page's path: leave 'path' out") }
      return Dialect.List.Pages(.link, path: "")
    }
  }

  private enum PageWay: String, CaseIterable { case offset, number, link }
}
