import Shared

@testable import LoadRun

/// Dialects as different as a file can say them.
struct RandomDialect {
  private var dice: CodecDice

  init(seed: UInt64, round: Int) { dice = CodecDice(seed: seed, round: round) }

  mutating func draw() -> Dialect {
    let own: Template? = dice.chance(40) ? Template(dice.pick(["{number}", "u-{uuid}", "x{run}.{index}"])) : nil
    let list = dice.chance(60) ? list() : nil
    let login = dice.chance(40)
    let status: Dialect.Status.Source =
      list != nil && dice.chance(30)
      ? .list
      : .order(
        request("GET", path: "/orders/{id}", isOrders: true), field: field())
    let gone = status == .list && dice.chance(30) ? dice.pick(OrderStatus.allCases.filter(\.hasEnded)) : nil
    let told = Set(list?.parts.compactMap(\.status) ?? []).union(gone.map { [$0] } ?? [])
    var dialect = Dialect(
      name: text(), summary: dice.chance(50) ? text() : "", readyPath: "/\(word())", headers: headers(), create: create(own: own),
      confirm: dice.chance(20)
        ? Dialect.Confirm(
          request("POST", path: "/pay/{id}", isOrders: true), acceptedCodes: codes(1...3), success: dice.chance(30) ? sign() : nil) : nil,
      status: Dialect.Status(
        status, words: words(told), unknownCodes: status == .list ? [404] : codes(0...3),
        unknownSign: status != .list && dice.chance(30) ? sign() : nil, gone: gone),
      cancel: dice.chance(50) ? cancel() : nil, list: list, metrics: dice.chance(70) ? metrics(hasList: list != nil) : nil,
      orderMetrics: dice.chance(50) ? orderMetrics() : nil,
      authentication: login ? .bearer(self.login()) : dice.pick([.none, .basic]),
      orderTimeout: dice.pick([nil, .seconds(300), .milliseconds(1_500)]), assumptions: assumptions())
    // What is gone from the list cannot be counted from it.
    if dialect.status.gone != nil, dialect.metrics?.source == .list { dialect.metrics = nil }
    // A code of 2xx beside it would leave it nothing to say.
    if dialect.status.unknownSign != nil { dialect.status.unknownCodes = dialect.status.unknownCodes.filter { $0 >= 300 } }
    dialect.deniesAccounts = dialect.authentication == .none && dice.chance(50)
    return dialect
  }

  // MARK: Orders

  private mutating func create(own: Template?) -> Dialect.Create {
    var request = request("POST", path: "/\(word())/", isOrders: true)
    if own != nil, dice.chance(80) {
      request.headers.removeAll { $0.name.lowercased() == "content-type" }
      request.body = #"{"id":"{id}","n":{random:-5..9}}"#
    }
    let codes = Array(codes(2...5))
    let id: Dialect.IDSource
    if let own {
      id = Dialect.IDSource(.own(own))
    } else {
      let cut: Template? = dice.chance(40) ? Template(dice.pick(["ORD{id}", "/orders/{id}/", "{id}", "it's {id}: \"new\""])) : nil
      id = Dialect.IDSource(
        dice.chance(50) ? .body(field()) : .header(dice.pick(["Location", "location"])), cut: cut,
        letterCase: dice.pick([nil, .lower, .upper]))
    }
    var duplicates: Dialect.Duplicates?
    if dice.chance(50) { duplicates = .sameID(Dialect.Header("Idempotency-Key", Template("k-{uuid}"))) }
    if own != nil, dice.chance(50) { duplicates = .refused }
    return Dialect.Create(
      request, acceptedCodes: Set(codes.prefix(1)), refusedCodes: Set(codes.dropFirst()), success: dice.chance(30) ? sign() : nil, id: id,
      duplicates: duplicates,
      invalidBody: dice.chance(50) ? body() : nil)
  }

  /// - Parameter told: the statuses that are told otherwise than by a word, which have one all the same.
  private mutating func words(_ told: Set<OrderStatus>) -> StatusWords {
    var words = Dictionary(uniqueKeysWithValues: told.map { ($0, [$0.rawValue]) })
    words[.completed] = ["done"]
    for status in OrderStatus.allCases where dice.chance(70) {
      words[status] = (0...dice.below(3)).map { "\(text()) \(status.rawValue)\($0)" }
    }
    return StatusWords(words)
  }

  private mutating func cancel() -> Dialect.Cancel {
    let codes = Array(codes(1...5))
    return Dialect.Cancel(
      request("POST", path: "/c/{id}", isOrders: true), acceptedCodes: Set(codes.prefix(1)), refusedCodes: Set(codes.dropFirst()),
      success: dice.chance(30) ? sign() : nil)
  }

  private mutating func sign() -> BodySign {
    BodySign(field(), words: dice.pick([[], ["ok"], ["null", "it's", "-32004"], ["true"]]))
  }

  private mutating func list() -> Dialect.List {
    let way = dice.pick([Dialect.List.Pages.Way.cursor(field()), .offset, .number(first: dice.below(3)), .link])
    let pages = Dialect.List.Pages(way, path: way == .link ? "" : "/orders?limit=7&c={cursor}")
    let statuses = dice.chance(30) ? OrderStatus.allCases.shuffled(using: &dice).dropLast(dice.below(4)) : []
    let parts = statuses.map { Dialect.List.Part(field(), status: $0) }
    return Dialect.List(
      request("GET", path: "/orders?limit=7", isOrders: false), parts: parts.isEmpty ? [Dialect.List.Part(field())] : parts,
      id: dice.chance(20) ? .key : .field(field()), status: parts.isEmpty ? field() : "", pages: dice.chance(50) ? pages : nil)
  }

  // MARK: Metrics

  private mutating func metrics(hasList: Bool) -> Dialect.Metrics {
    let isList = hasList && dice.chance(40)
    var figures = Dialect.Quantity.allCases.shuffled(using: &dice).filter { !isList || !$0.isDuration }
    figures.removeLast(dice.below(figures.count))
    if dice.chance(30) { figures.append(.counts(Set(OrderStatus.allCases.shuffled(using: &dice).prefix(2 + dice.below(4))))) }
    let drawn = figures.map { quantity in
      var figure = Dialect.Figure(
        quantity, at: field(), printing: quantity.isDuration ? dice.pick(Dialect.Printing.allCases) : .undeclared,
        unit: quantity.isDuration ? duration(1) : .seconds(1), missingIsZero: !isList && dice.chance(30),
        nullIsZero: !isList && dice.chance(30))
      // The name of a figure that is counted from the list must be no word of another status.
      if isList { figure.field = "counted" }
      if !isList, !quantity.isDuration, dice.chance(20) { figure.addends = (0...dice.below(2)).map { _ in field() } }
      return figure
    }
    var document = Dialect.Request(dice.pick(["GET", "POST"]), Template("/\(word())?all=1"))
    if document.method == "POST", dice.chance(50) { document.body = #"{"method":"stat","id":"{run}"}"# }
    return Dialect.Metrics(isList ? .list : .document(document), figures: drawn)
  }

  private mutating func orderMetrics() -> Dialect.OrderMetrics {
    Dialect.OrderMetrics(
      path: "/m/{id}", field: field(), span: dice.pick(Dialect.Quantity.Span.allCases), unit: duration(1),
      printing: dice.pick(Dialect.Printing.allCases))
  }

  // MARK: Accounts and assumptions

  private mutating func login() -> Authentication.Login {
    let body: Template = #"{"u":"{username}","p":"{password}"}"#
    let refresh = Authentication.Refresh(
      token: field(), Dialect.Request("PUT", "/again/{refresh_token}", headers: headers(), body: dice.chance(50) ? #"{"a":[]}"# : nil))
    return Authentication.Login(
      register: dice.chance(50) ? Dialect.Request("POST", "/r", headers: headers(), body: body) : nil,
      Dialect.Request("POST", "/login", headers: headers(), body: body),
      token: dice.pick([.body(field()), .cookies, .header("X-Auth-Token")]), expiresIn: dice.chance(50) ? field() : nil,
      lifetime: dice.chance(50) ? duration(1) : nil, refresh: dice.chance(50) ? refresh : nil)
  }

  private mutating func assumptions() -> Dialect.Assumptions {
    Dialect.Assumptions(
      snapshot: dice.chance(50), final: dice.chance(50), requeue: dice.pick(Dialect.Requeue.allCases), readYourWrites: dice.chance(50),
      clockRate: dice.chance(50) ? Double(dice.below(100_001)) / 1e6 : Double.random(in: 0...0.1, using: &dice), maxAge: duration(0),
      granularity: duration(0), stampLead: duration(0))
  }

  // MARK: What all of them are made of

  /// - Parameter isOrders: whether it is about a single order.
  private mutating func request(_ method: String, path: String, isOrders: Bool) -> Dialect.Request {
    let method = dice.chance(20) ? "PUT" : method
    var request = Dialect.Request(
      method, Template(path), headers: isOrders ? headers() : [],
      body: method == "GET" || !isOrders ? nil : (dice.chance(80) ? body() : nil))
    if request.body != nil, !path.contains("{id}"), dice.chance(20) {
      let (type, body) = dice.pick([
        ("application/x-www-form-urlencoded", "user=u-{index}&item={choice:tea|green tea}"),
        ("text/csv; charset=utf-8", "{run},{index}\n\"a b\""),
        ("application/soap+xml", "<order n='{number}'>{choice:a|<b>}</order>"), ("application/x-amz-json-1.1", "{\"a\": {index}}"),
      ])
      request.headers = [Dialect.Header("Content-Type", Template(type))] + request.headers.filter { $0.name.lowercased() != "content-type" }
      request.body = Template(body)
    }
    return request
  }

  private mutating func headers() -> [Dialect.Header] {
    let type = dice.chance(30) ? [Dialect.Header(dice.pick(["Content-Type", "content-type"]), "application/vnd.acme.order+json; v=1")] : []
    return type
      + ["Prefer", "X-Trace", "accept"].filter { _ in dice.chance(30) }.map {
        Dialect.Header($0, Template(dice.pick(["{uuid}", "a, b: 'c'", "yes"])))
      }
  }

  private mutating func body() -> Template {
    dice.pick([
      #"{"user_id":"u-{index}","tags":["{choice:it's|a "b"}"],"amount":{random:1..100}}"#,
      "{\n\t\"name\": \"Zoë's\\n{run}\",\n  \"n\": {number}\n}\n", "[]", #"" # no comment: {uuid} ""#, "{}",
    ])
  }

  private mutating func field() -> FieldPath {
    dice.pick(["", "id", "data.status", "orders.0.état", "none", "a b.c: d", "12", "#x", "it's"])
  }

  private mutating func codes(_ count: ClosedRange<Int>) -> Set<Int> {
    var codes: Set<Int> = []
    for _ in 0..<count.lowerBound + dice.below(count.count) { codes.insert(100 + dice.below(500)) }
    return codes.isEmpty && count.lowerBound > 0 ? [200] : codes
  }

  private mutating func duration(_ least: Int64) -> Duration {
    .nanoseconds(dice.pick([least, 1_000, 1_500_000, 1_000_000_000, 90_000_000_000, Int64(dice.below(1 << 50)) + least]))
  }

  private mutating func word() -> String { dice.pick(["orders", "api/v1", "a-b_c", "%20x"]) }

  private mutating func text() -> String {
    dice.pick(["shop", "my shop: the best", "- no", "true", "it's \"it\"", "Zoë", "#1", "{x}", "12"])
  }
}
