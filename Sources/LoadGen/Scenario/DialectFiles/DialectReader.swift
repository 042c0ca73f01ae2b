import Shared

/// Makes a dialect of a file's keys.
struct DialectReader {
  /// The keys that a dialect file may have.
  static let keys = [
    "name", "summary", "like", "ready", "headers", "create", "confirm", "status", "order", "cancel", "list", "metrics", "order_metrics",
    "authentication", "order_timeout", "assumptions",
  ]

  let fields: DialectFields
  /// The dialect as far as it has been read.
  var dialect: Dialect

  /// - Parameter name: the dialect's name, where the file says none.
  static func dialect(_ file: DialectNode, name: String) throws(ConfigurationError) -> Dialect {
    let fields = try DialectFields(file, known: keys)
    var reader = DialectReader(fields: fields, dialect: try start(fields))
    reader.dialect.name = try fields["name"]?.line("my-shop") ?? name
    try reader.readRequests()
    if let node = fields["metrics"] { reader.dialect.metrics = node.isNone ? nil : try reader.metrics(node) }
    if let node = fields["order_metrics"] { reader.dialect.orderMetrics = node.isNone ? nil : try reader.orderMetrics(node) }
    if let node = fields["authentication"] {
      reader.dialect.authentication = try reader.authentication(node)
      reader.dialect.deniesAccounts = reader.dialect.authentication == .none
    }
    if let node = fields["order_timeout"] { reader.dialect.orderTimeout = node.isNone ? nil : try node.duration(zeroIsRight: false) }
    if case .prometheus = reader.dialect.metrics?.source { reader.dialect.assumptions.snapshot = false }
    if let node = fields["assumptions"] { reader.dialect.assumptions = try reader.assumptions(node) }
    try reader.refuseContradictions()
    return reader.dialect
  }

  /// What the file's keys replace parts of: the dialect named by `like`, or an empty one, whose two necessary parts the file must have.
  private static func start(_ fields: DialectFields) throws(ConfigurationError) -> Dialect {
    if let like = fields["like"] {
      let name = try like.text("standard")
      if var dialect = Dialect.builtIn(named: name) {
        // It is another server, and may have several processes, or a proxy before it.
        dialect.assumptions.requeue = .any
        return dialect
      }
      let names = Dialect.builtIn.map(\.name)
      throw like.refusal("'\(name)' is no dialect that needs no file: it can be one of \(names.joined(separator: ", "))")
    }
    _ = try fields.required("create", #"create: {path: /orders, body: '{"user_id":"u-{index}"}', id: {body: order_id}}"#)
    _ = try fields.required("status", #"status: {path: "/orders/{id}", field: status, words: {completed: DONE}}"#)
    return Dialect(
      name: "", summary: "", readyPath: "/ping", create: Dialect.Create(.init("POST", "/"), acceptedCodes: [], id: .init(.body(""))),
      status: Dialect.Status(.list, words: StatusWords([:])))
  }

  /// The template of the order's id, where the client chooses it.
  var ownID: Template? {
    if case .own(let template) = dialect.create.id.place { template } else { nil }
  }

  private mutating func readRequests() throws(ConfigurationError) {
    if let summary = fields["summary"] { dialect.summary = summary.isEmpty ? "" : try summary.line("orders of the shop") }
    if let ready = fields["ready"] { dialect.readyPath = try ready.path(SlotPlace.nowhere, "/ping").description }
    if let headers = fields["headers"] { dialect.headers = try headers.headers(.everywhere) }
    // `create` comes first, because the requests that follow depend on what an id is.
    if let node = fields["create"] { dialect.create = try create(node) }
    if let node = fields["confirm"] { dialect.confirm = node.isNone ? nil : try confirm(node) }
    if let node = fields["list"] { dialect.list = node.isNone ? nil : try list(node) }
    if let node = fields["status"] { dialect.status = node.isNone ? .untold : try status(node) }
    // A page of `like`'s would most likely not be there.
    if fields["status"] != nil { dialect.order = nil }
    if let node = fields["order"] { dialect.order = node.isNone ? nil : try order(node) }
    if let node = fields["cancel"] { dialect.cancel = node.isNone ? nil : try cancel(node) }
  }

  // MARK: What holds between the parts

  private func refuseContradictions() throws(ConfigurationError) {
    if dialect.confirm != nil, dialect.status.source == .untold {
      throw blame("confirm").refusal("orders are confirmed while they are followed, and with 'status: none' none is")
    }
    if dialect.list == nil, dialect.status.source == .list {
      throw blame("status").refusal("'in: list' searches the list, and there is no 'list': add it, or a 'path' to single orders")
    }
    if dialect.create.id.place == .untold, dialect.status.source != .untold {
      throw blame("create").refusal("without an 'id' no order can be asked for: say where it is, or 'status: none' where only figures tell")
    }
    if dialect.list == nil, dialect.metrics?.source == .list {
      throw blame("metrics").refusal("'from: list' counts the list, and there is no 'list': add it, or the 'path' of a metrics document")
    }
    if let gone = dialect.status.gone, dialect.metrics?.source == .list,
      dialect.metrics?.figures.contains(where: { $0.quantity == .total || $0.quantity.statuses.contains(gone) }) ?? false
    {
      throw blame("metrics").refusal(
        "what is gone from the list cannot be counted from it: leave 'total' and what counts \(gone.rawValue) orders out, or say where else"
      )
    }
    if dialect.status.words.processingIsPending, dialect.metrics?.figures.contains(where: { $0.quantity == .count(.processing) }) ?? false {
      throw blame("metrics").refusal(
        "no order is said to be processing by a word of its own: one figure counts both, so name it under 'pending', and leave 'processing' out; where "
          + "there are two, 'pending: {sum: [one, other]}' adds them up")
    }
    if ownID == nil, let use = dialect.requestsOfOrders.first(where: { $0.request.slots.contains(.id) }) {
      throw blame(use.key).refusal("{id} cannot be filled in a create whose id the API chooses")
    }
    guard dialect.authentication == .none else { return }
    for (key, request) in dialect.requestsOfOrders + dialect.otherRequests where request.slots.contains(.username) {
      throw blame(key).refusal("{username} is the name of an account, and there are none: say 'authentication: basic', or how to log in")
    }
  }

  /// The key to blame: the one named, or `like`, which brought that part in.
  private func blame(_ name: String) -> DialectNode { fields[name] ?? fields["like"] ?? fields.node }
}

extension SlotPlace {
  static let nowhere = SlotPlace(words: [], name: "this path")
}

extension Dialect.Request {
  /// All slots in its path, headers and body.
  var slots: [Slot] { path.slots + headers.flatMap(\.value.slots) + (body?.slots ?? []) }
}

extension Dialect {
  /// What creates are made of, each with the key it is written under.
  fileprivate var requestsOfOrders: [(key: String, request: Request)] {
    var requests = [(key: "create", request: create.request)]
    requests[0].request.headers += headers
    if let body = create.invalidBody { requests.append(("create", Request("POST", "/", body: body))) }
    if case .sameID(let header) = create.duplicates { requests.append(("create", Request("POST", "/", headers: [header]))) }
    return requests
  }

  /// All other requests for orders and metrics, each with the key it is written under.
  fileprivate var otherRequests: [(key: String, request: Request)] {
    var requests: [(key: String, request: Request)] = []
    if let confirm { requests.append(("confirm", confirm.request)) }
    if case .order(let request, _) = status.source { requests.append(("status", request)) }
    if let order { requests.append(("order", order.request)) }
    if let cancel { requests.append(("cancel", cancel.request)) }
    if let list {
      requests.append(("list", list.request))
      if let pages = list.pages, pages.way != .link { requests.append(("list", Request("GET", pages.path))) }
    }
    if let request = metrics?.request { requests.append(("metrics", request)) }
    if let orderMetrics { requests.append(("order_metrics", Request("GET", orderMetrics.path))) }
    return requests
  }
}
