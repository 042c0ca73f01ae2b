package import Shared

/// Writes a dialect as a file to start from: every key, with a comment on what it means.
package struct DialectWriter {
  private var yaml = YAMLText()

  /// YAML that can be read back as the same dialect.
  package static func text(_ dialect: Dialect) -> String {
    var writer = DialectWriter()
    writer.write(dialect)
    return writer.yaml.text
  }

  /// The same, with other words at its top, and with what is said of some keys in place of the usual comments on them.
  /// - Parameters:
  ///   - heading: one line each.
  ///   - remarks: by key, as `create.id`.
  static func text(_ dialect: Dialect, heading: [String], remarks: [ByteText: [String]]) -> String {
    var writer = DialectWriter()
    writer.yaml.remarks = remarks
    writer.write(dialect, heading: heading)
    return writer.yaml.text
  }

  private static let usualHeading = [
    "How an order API spells things. Change what differs, then hold the file against the API:",
    "  loadgen dialects check my-shop.yaml --target http://127.0.0.1:8000",
  ]

  private mutating func write(_ dialect: Dialect, heading: [String] = Self.usualHeading) {
    for line in heading { yaml.comment(line) }
    yaml.comment("Slots: {id} {index} {number} {uuid} {run} {random:1..100} {choice:a|b}, and in logins {username} {password}.")
    yaml.gap()
    yaml.line("name", YAMLText.scalar(dialect.name), "what reports call it; without this line, the file's name")
    yaml.line("summary", YAMLText.scalar(dialect.summary))
    yaml.line("ready", YAMLText.scalar(dialect.readyPath), "answers 2xx once orders can be sent")
    yaml.line(
      "headers", Self.headers(dialect.headers),
      "with every request; {Content-Type: application/vnd.acme+json} where plain JSON is not taken")
    yaml.gap()
    write(dialect.create)
    write(dialect.confirm)
    yaml.gap()
    write(dialect.status)
    yaml.gap()
    write(dialect.order)
    write(dialect.cancel)
    write(dialect.list)
    yaml.gap()
    write(dialect.metrics)
    write(dialect.orderMetrics)
    yaml.gap()
    write(dialect.authentication, isDenied: dialect.deniesAccounts)
    yaml.gap()
    yaml.line(
      "order_timeout", dialect.orderTimeout?.text ?? "none",
      "how long an order may take to its end, as in 5m, where --order-timeout says nothing")
    write(dialect.assumptions)
  }

  // MARK: Orders

  private mutating func write(_ create: Dialect.Create) {
    yaml.nested("create", "how an order is made") { yaml in
      Self.write(create.request, into: &yaml)
      yaml.line("accepted", Self.codes(create.acceptedCodes), "the codes that acknowledge an order")
      yaml.line("refused", Self.codes(create.refusedCodes), "that there is no order, beside every 4xx but 408, 301, 302, 307 and 308")
      yaml.line(
        "success", create.success.map { Self.sign($0) } ?? "none", "what a body shows where the code does not: {field: status, words: [ok]}"
      )
      yaml.line("id", Self.id(create.id), "where it is: {body: data.id}, {header: Location}, or {own: '{number}'}; also cut: 'ORD{id}'")
      switch create.duplicates {
      case .refused: yaml.line("duplicates", "refused", "a second order with the same id is refused")
      case .sameID(let key):
        yaml.line("duplicates", YAMLText.flow([("same_id", Self.headers([key]))]), "a second create with the same key brings the same id")
      case nil: yaml.line("duplicates", "none", "or refused, or {same_id: {Idempotency-Key: '{uuid}'}}")
      }
      yaml.line("invalid", create.invalidBody.map { YAMLText.scalar($0.description) } ?? "none", "a body that must be refused")
    }
  }

  private mutating func write(_ confirm: Dialect.Confirm?) {
    guard let confirm else { return yaml.line("confirm", "none", "or {path: '/orders/{id}/payment', body: …}, without which none goes on") }
    yaml.nested("confirm", "what is sent for each order that was acknowledged, so that it goes on") { yaml in
      Self.write(confirm.request, into: &yaml)
      yaml.line("accepted", Self.codes(confirm.acceptedCodes))
      if let success = confirm.success { yaml.line("success", Self.sign(success)) }
    }
  }

  private static func id(_ source: Dialect.IDSource) -> String {
    var pairs: [(key: String, value: String)]
    switch source.place {
    case .body(let field): pairs = [("body", YAMLText.scalar(field.description))]
    case .header(let name): pairs = [("header", YAMLText.scalar(name))]
    case .own(let template): pairs = [("own", YAMLText.scalar(template.description))]
    case .untold: return "none"
    }
    if let cut = source.cut { pairs.append(("cut", YAMLText.scalar(cut.description))) }
    if let letters = source.letterCase { pairs.append(("letters", letters.rawValue)) }
    return YAMLText.flow(pairs)
  }

  private mutating func write(_ status: Dialect.Status) {
    guard status.source != .untold else {
      return yaml.line("status", "none", "no order's status is told: the figures alone say how many end")
    }
    yaml.nested("status", "how an order's status is asked for") { yaml in
      switch status.source {
      case .order(let request, let field):
        Self.write(request, into: &yaml)
        yaml.line("field", YAMLText.scalar(field.description), "where the answer has it: keys with dots between")
      case .list:
        yaml.line("in", "list", "the list is searched for the orders")
        if let gone = status.gone { yaml.line("gone", gone.rawValue, "what an order is that is not in the list any more") }
      case .untold: break
      }
      yaml.nested("words", "in any case; several for one status: [DONE, ARCHIVED]") { yaml in
        for word in OrderStatus.allCases where !status.words.words(for: word).isEmpty {
          let words = status.words.words(for: word).map(YAMLText.scalar)
          yaml.line(word.rawValue, words.count == 1 ? words[0] : YAMLText.flow(words))
        }
      }
      guard case .order = status.source else { return }
      yaml.line(
        "unknown", status.unknownSign.map { Self.sign($0, codes: status.unknownCodes) } ?? Self.codes(status.unknownCodes),
        "the codes that say there is no such order; or {codes: [404], field: error.code, words: [17]}")
    }
  }

  private mutating func write(_ order: Dialect.OrderPage?) {
    guard let order else {
      return yaml.line("order", "none", "or {path: '/orders/{id}', field: status}, where an order is read whole; none: as its status is")
    }
    yaml.nested("order", "where an order is read whole, to see that it has what was sent for it") { yaml in
      Self.write(order.request, into: &yaml)
      yaml.line("field", YAMLText.scalar(order.status.description), "its status")
    }
  }

  private mutating func write(_ cancel: Dialect.Cancel?) {
    guard let cancel else { return yaml.line("cancel", "none", "or {path: '/orders/{id}/cancel', accepted: [200], refused: [409]}") }
    yaml.nested("cancel") { yaml in
      Self.write(cancel.request, into: &yaml)
      yaml.line("accepted", Self.codes(cancel.acceptedCodes), "that it is cancelled")
      yaml.line("refused", Self.codes(cancel.refusedCodes), "that it is no longer pending")
      if let success = cancel.success { yaml.line("success", Self.sign(success), "what a body shows where it is cancelled") }
    }
  }

  private mutating func write(_ list: Dialect.List?) {
    guard let list else { return yaml.line("list", "none", "or {path: /orders, orders: data.orders, id: order_id, status: status}") }
    yaml.nested("list") { yaml in
      Self.write(list.request, into: &yaml)
      let told = list.parts.compactMap { part in part.status.map { ($0.rawValue, YAMLText.scalar(part.orders.description)) } }
      yaml.line(
        "orders", told.isEmpty ? YAMLText.scalar(list.parts.first?.orders.description ?? "") : YAMLText.flow(told),
        "where the list stands; '' where the answer is the list itself; {pending: queued, completed: done}: one for each status")
      switch list.id {
      case .field(let field): yaml.line("id", YAMLText.scalar(field.description), "within an order; '{key}': its key in the list")
      case .key: yaml.line("id", "'{key}'", "the list is an object, with the ids as its keys")
      }
      if told.isEmpty { yaml.line("status", YAMLText.scalar(list.status.description)) }
      guard let pages = list.pages else { return yaml.line("pages", "none", "or {cursor: next, path: '/orders?cursor={cursor}'}") }
      yaml.line("pages", Self.pages(pages))
    }
  }

  private static func pages(_ pages: Dialect.List.Pages) -> String {
    let path = ("path", YAMLText.scalar(pages.path.description))
    switch pages.way {
    case .cursor(let field): return YAMLText.flow([("cursor", YAMLText.scalar(field.description)), path])
    case .offset: return YAMLText.flow([("by", "offset"), path])
    case .number(let first): return YAMLText.flow([("by", "number"), ("from", "\(first)"), path])
    case .link: return YAMLText.flow([("by", "link")])
    }
  }

  private static func sign(_ sign: BodySign, codes: Set<Int>? = nil) -> String {
    var pairs: [(key: String, value: String)] = codes.map { [("codes", Self.codes($0))] } ?? []
    pairs.append(("field", YAMLText.scalar(sign.field.description)))
    if !sign.words.isEmpty { pairs.append(("words", YAMLText.flow(sign.words.map(YAMLText.scalar)))) }
    return YAMLText.flow(pairs)
  }

  // MARK: Metrics

  private mutating func write(_ metrics: Dialect.Metrics?) {
    guard let metrics else { return yaml.line("metrics", "none", "nothing is audited; see 'loadgen dialects show fcfs' for some") }
    yaml.nested("metrics", "what the API says about itself") { yaml in
      switch metrics.source {
      case .document(let request): Self.write(request, into: &yaml)
      case .prometheus(let request):
        yaml.line("format", "prometheus")
        Self.write(request, into: &yaml)
      case .list: yaml.line("from", "list", "there is no document: the list is counted, whatever field is named below")
      }
      if case .prometheus = metrics.source { Self.write(metrics.requests, into: &yaml) }
      guard !metrics.figures.isEmpty else { return yaml.line("figures", "none") }
      yaml.nested("figures", "a place, or {field: …, missing: 0, null: 0, unit: 1ms, printing: undeclared|nearest|floor}") { yaml in
        var written: Set<String> = []
        for figure in metrics.figures where !figure.isOfHistogram && written.insert(figure.quantity.fileKey).inserted {
          // Of quantiles there may be several.
          let same = metrics.figures.filter { $0.quantity.fileKey == figure.quantity.fileKey }
          let texts = same.map(Self.figure)
          yaml.line(figure.quantity.fileKey, texts.count == 1 ? texts[0] : YAMLText.flow(texts), figure.quantity.meaning)
        }
      }
    }
  }

  private static func write(_ figures: Dialect.RequestFigures?, into yaml: inout YAMLText) {
    guard let figures else {
      return yaml.line("requests", "none", "or a library's figures about requests, as prometheus_flask_exporter; see docs/dialects.md")
    }
    yaml.nested("requests", "what it says of the requests that it has answered") { yaml in
      yaml.line("counter", figures.counter.map { YAMLText.scalar("\($0)") } ?? "none")
      yaml.line("histogram", figures.histogram.map { YAMLText.scalar("\($0)") } ?? "none", "without _bucket, _sum and _count")
      if figures.unit != .seconds(1) { yaml.line("unit", figures.unit.text) }
      let labels = [("method", figures.labels.method), ("route", figures.labels.route), ("status", figures.labels.status)]
      yaml.line(
        "labels",
        YAMLText.flow(
          labels.map { name, labels in
            let names = labels.map(YAMLText.scalar)
            return (name, names.isEmpty ? "none" : names.count == 1 ? names[0] : YAMLText.flow(names))
          }), "the first that a series has")
      let counted = figures.countedWithin.map { $0 == .zero ? "before_answer" : $0.text } ?? "none"
      yaml.line("counted", counted, "before_answer, or how long after it at the latest, as in 1s; none: at any time")
      yaml.line("duration", figures.endsWithAnswer ? "until_answer" : "none", "until_answer where it is over by then")
    }
  }

  private static func figure(_ figure: Dialect.Figure) -> String {
    let places = figure.series.isEmpty ? figure.fields.map(\.description) : figure.series.map(\.description)
    let field = YAMLText.scalar(places.first ?? "")
    var pairs = [(key: "field", value: field)]
    if places.count > 1 { pairs = [("sum", YAMLText.flow(places.map(YAMLText.scalar)))] }
    if figure.missingIsZero { pairs.append(("missing", "0")) }
    if figure.nullIsZero { pairs.append(("null", "0")) }
    if figure.unit != .seconds(1) { pairs.append(("unit", figure.unit.text)) }
    if figure.printing != .undeclared { pairs.append(("printing", figure.printing.rawValue)) }
    if figure.isProportional { pairs.append(("proportional", "true")) }
    if case .quantile(_, let share) = figure.quantity {
      pairs.append(("q", "\(share)"))
      pairs.append(("over", figure.isOverAll ? "all" : "none"))
    }
    return pairs.count == 1 && places.count == 1 ? field : YAMLText.flow(pairs)
  }

  private mutating func write(_ metrics: Dialect.OrderMetrics?) {
    guard let metrics else {
      return yaml.line("order_metrics", "none", "or {path: '/metrics/{id}', field: processing_time, span: completion}")
    }
    yaml.nested("order_metrics") { yaml in
      yaml.line("path", YAMLText.scalar(metrics.path.description))
      yaml.line("field", YAMLText.scalar(metrics.field.description))
      yaml.line("span", metrics.span.rawValue, "processing: started -> completed; completion: created -> completed")
      yaml.line("unit", metrics.unit.text)
      yaml.line("printing", metrics.printing.rawValue, "undeclared, nearest or floor, at the last printed place")
    }
  }

  // MARK: Accounts and assumptions

  private mutating func write(_ authentication: Authentication, isDenied: Bool) {
    switch authentication {
    case .none where isDenied: yaml.line("authentication", "none", "an account that is given is a mistake")
    case .none:
      yaml.remark(on: "authentication")
      yaml.comment("authentication: basic, or a login: see 'loadgen dialects show marketplace'")
    case .basic: yaml.line("authentication", "basic", "a name and a password with every request")
    case .bearer(let login): yaml.nested("authentication") { yaml in yaml.nested("login") { Self.write(login, into: &$0) } }
    }
  }

  private static func write(_ login: Authentication.Login, into yaml: inout YAMLText) {
    if let register = login.register {
      yaml.nested("register", "makes an account; a run without accounts makes its own") { write(register, into: &$0) }
    } else {
      yaml.line("register", "none", "or the request that makes an account")
    }
    write(login.request, into: &yaml)
    yaml.line("token", token(login.token), "where the answer has it; {header: Set-Cookie}: the cookies that it sets")
    yaml.line("expires_in", login.expiresIn.map { YAMLText.scalar($0.description) } ?? "none", "a field with seconds; a JWT says so itself")
    yaml.line("lifetime", login.lifetime?.text ?? "none", "where nothing else says it, as in 15m; none: until it is refused")
    guard let refresh = login.refresh else { return yaml.line("refresh", "none", "a token is renewed by logging in again") }
    yaml.nested("refresh", "how a token is renewed") { yaml in
      yaml.line("token", YAMLText.scalar(refresh.token.description), "where the login's answer has the refresh token")
      write(refresh.request, into: &yaml)
    }
  }

  private static func token(_ place: Authentication.TokenPlace) -> String {
    if case .body(let field) = place { return YAMLText.scalar(field.description) }
    return YAMLText.flow([("header", YAMLText.scalar(place.header ?? ""))])
  }

  private mutating func write(_ assumptions: Dialect.Assumptions) {
    yaml.nested("assumptions", "a contradiction in the audit holds under these only") { yaml in
      yaml.line("snapshot", "\(assumptions.snapshot)", "all figures of one answer come from one instant")
      yaml.line("final", "\(assumptions.final)", "an order that has ended stays so")
      yaml.line(
        "requeue", assumptions.requeue.rawValue,
        "when one goes from processing back to pending: never, on_restart (of one process, reached directly), any")
      yaml.line("read_your_writes", "\(assumptions.readYourWrites)", "what was acknowledged is in every later answer")
      yaml.line("clock_rate", Self.clockRate(assumptions.clockRate), "how far the API's clock may run fast or slow")
      yaml.line("max_age", assumptions.maxAge.text, "how old the figures may be when they are sent")
      yaml.line("granularity", assumptions.granularity.text, "what the API's timestamps are rounded to")
      yaml.line("stamp_lead", assumptions.stampLead.text, "how much earlier than visible an end may be stamped")
    }
  }

  /// In ppm, where that loses nothing.
  private static func clockRate(_ fraction: Double) -> String {
    let parts = (fraction * 1e6).rounded()
    return parts / 1e6 == fraction ? "\(Int(parts))ppm" : "\(fraction)"
  }

  // MARK: Requests

  private static func write(_ request: Dialect.Request, into yaml: inout YAMLText) {
    yaml.line("method", request.method)
    yaml.line("path", YAMLText.scalar(request.path.description))
    if !request.headers.isEmpty { yaml.line("headers", headers(request.headers)) }
    if let body = request.body { yaml.line("body", YAMLText.scalar(body.description)) }
  }

  private static func headers(_ headers: [Dialect.Header]) -> String {
    YAMLText.flow(headers.map { ($0.name, YAMLText.scalar($0.value.description)) })
  }

  private static func codes(_ codes: Set<Int>) -> String { YAMLText.flow(codes.sorted().map { "\($0)" }) }
}
