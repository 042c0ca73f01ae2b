import Shared

extension DialectReader {
  /// The figures by their keys in a file.
  static let quantities: [(key: String, quantity: Dialect.Quantity)] =
    [("total", .total)] + OrderStatus.allCases.map { ($0.rawValue, .count($0)) }
    + [("average_processing", .average(.processing)), ("average_completion", .average(.completion)), ("estimate", .estimate)]

  func readMetrics(_ list: Dialect.List?) throws(ConfigurationError) -> Dialect.Metrics? {
    guard let section = try file.section("metrics", ["path", "from", "figures"]) else { return nil }
    let source: Dialect.Metrics.Source
    if let place = try section.text("from") {
      guard place == "list", !section.has("path") else {
        throw section.refuse("from", "figures are counted 'from: list', or read from a document at 'path'")
      }
      guard list != nil else { throw section.refuse("from", "there is no 'list' to count: give it, as in list: {path: /orders, id: id, status: status}") }
      source = .list
    } else {
      guard let path = try section.path("path", .list)?.description else { throw section.missing("path", "path: /metrics") }
      source = .document(path: path)
    }
    if source == .list, !section.has("figures") {
      let counts = OrderStatus.allCases.map { Dialect.Figure(.count($0), at: FieldPath("orders.\($0.rawValue)")) }
      return Dialect.Metrics(.list, figures: [Dialect.Figure(.total, at: "orders")] + counts)
    }
    guard let figures = try section.section("figures", Self.quantities.map(\.key)), !figures.keys.isEmpty else {
      throw section.missing("figures", "figures: {total: total_orders}")
    }
    var read: [Dialect.Figure] = []
    for (key, quantity) in Self.quantities where figures.has(key) {
      read.append(try readFigure(quantity, key, figures))
      if source == .list, quantity.isDuration { throw figures.refuse(key, "a list has no durations: it is counted") }
    }
    return Dialect.Metrics(source, figures: read)
  }

  private func readFigure(_ quantity: Dialect.Quantity, _ key: String, _ figures: FileSection) throws(ConfigurationError) -> Dialect.Figure {
    guard figures.isSection(key) else { return Dialect.Figure(quantity, at: try figures.field(key) ?? "") }
    let section = try figures.section(key, ["field", "printing", "unit", "missing", "null"])
    guard let section, let field = try section.field("field") else { throw figures.refuse(key, "it has no 'field': give it, as in {field: total_orders}") }
    if section.has("unit"), !quantity.isDuration { throw section.refuse("unit", "a count of orders has no unit") }
    return Dialect.Figure(
      quantity, at: field, printing: try section.word("printing", "a way of printing") ?? .undeclared, unit: try unit(section),
      missingIsZero: try zero(section, "missing"), nullIsZero: try zero(section, "null"))
  }

  private func unit(_ section: FileSection) throws(ConfigurationError) -> Duration {
    guard let unit = try section.duration("unit") else { return .seconds(1) }
    guard unit > .zero else { throw section.refuse("unit", "it is what one stands for, as in 1ms or 1m") }
    return unit
  }

  /// 0 is all that what is not there can stand for.
  private func zero(_ section: FileSection, _ key: String) throws(ConfigurationError) -> Bool {
    guard let text = try section.text(key) else { return false }
    guard text == "0" else { throw section.refuse(key, "'\(text)' is not 0, which is all that it can stand for; leave it out where it claims nothing") }
    return true
  }

  func readOrderMetrics() throws(ConfigurationError) -> Dialect.OrderMetrics? {
    guard let section = try file.section("order_metrics", ["path", "field", "span", "unit", "printing"]) else { return nil }
    guard let path = try section.path("path", .order) else { throw section.missing("path", "path: \"/metrics/{id}\"") }
    guard path.slots.contains(.id) else { throw section.refuse("path", "'\(path)' has no {id}: it does not say which order is meant") }
    guard let field = try section.field("field") else { throw section.missing("field", "field: processing_time") }
    guard let span: Dialect.Quantity.Span = try section.word("span", "a duration") else { throw section.missing("span", "span: completion") }
    return Dialect.OrderMetrics(
      path: path, field: field, span: span, unit: try unit(section),
      printing: try section.word("printing", "a way of printing") ?? .undeclared)
  }

  func readAssumptions(_ base: Dialect.Assumptions) throws(ConfigurationError) -> Dialect.Assumptions {
    let keys = ["snapshot", "final", "requeue", "read_your_writes", "clock_rate", "max_age", "granularity"]
    var assumptions = base
    guard let section = try file.section("assumptions", keys) else { return assumptions }
    assumptions.snapshot = try section.flag("snapshot") ?? base.snapshot
    assumptions.final = try section.flag("final") ?? base.final
    assumptions.requeue = try section.flag("requeue") ?? base.requeue
    assumptions.readYourWrites = try section.flag("read_your_writes") ?? base.readYourWrites
    assumptions.maxAge = try section.duration("max_age") ?? base.maxAge
    assumptions.granularity = try section.duration("granularity") ?? base.granularity
    let rate = try section.read("clock_rate") { text in
      guard text.hasSuffix("ppm"), let parts = Double(text.dropLast(3).trimmingPrefix { $0 == " " }), (0..<1e6).contains(parts) else {
        throw UnitError(expected: "a clock's rate", found: text, remedy: "write it in parts per million, as in 500ppm")
      }
      return parts / 1e6
    }
    assumptions.clockRate = rate ?? base.clockRate
    return assumptions
  }

  func readAuthentication() throws(ConfigurationError) -> Authentication {
    guard file.isSection("authentication") else {
      switch try file.text("authentication") {
      case "none": return .none
      case "basic": return .basic
      default: throw file.refuse("authentication", "it is none, basic, or login: {path: …, body: …, token: …}")
      }
    }
    let keys = FileSection.requestKeys + ["register", "token", "expires_in", "lifetime", "refresh"]
    guard let section = try file.section("authentication", ["login"])?.section("login", keys) else {
      throw file.refuse("authentication", "it has no 'login': give it, as in login: {path: /auth/login, body: …, token: access_token}")
    }
    let request = try section.request("POST", .login, example: "/auth/login")
    guard let token = try section.field("token") else { throw section.missing("token", "token: access_token") }
    let places = [request.path] + request.headers.map(\.value) + [request.body].compactMap { $0 }
    for slot in [Slot.username, .password] where !places.contains(where: { $0.slots.contains(slot) }) {
      throw section.refuse("body", "it has no {\(slot)}, so that nobody can log in by it")
    }
    var refresh: Authentication.Refresh?
    if let inner = try section.section("refresh", FileSection.requestKeys + ["token"]) {
      guard let token = try inner.field("token") else { throw inner.missing("token", "token: refresh_token") }
      refresh = Authentication.Refresh(token: token, try inner.request("POST", .refresh, example: "/auth/refresh"))
    }
    let register = try section.section("register", FileSection.requestKeys)
    return .bearer(
      Authentication.Login(
        register: try register?.request("POST", .login, example: "/auth/register"), request, token: token,
        expiresIn: try section.field("expires_in"), lifetime: try section.duration("lifetime"), refresh: refresh))
  }
}

extension Dialect.Quantity {
  fileprivate var isDuration: Bool {
    switch self {
    case .total, .count: false
    case .average, .estimate: true
    }
  }
}
