import Shared

extension DialectReader {
  func authentication(_ node: DialectNode) throws(ConfigurationError) -> Authentication {
    if node.single != nil {
      if node.isNone { return .none }
      let text = try node.text("basic")
      if text == "basic" { return .basic }
      throw node.refusal("'\(text)' is neither 'none' nor 'basic' nor {login: …} with the request that brings a token")
    }
    let fields = try DialectFields(node, known: ["login"])
    return .bearer(try login(fields.required("login", #"login: {path: /auth/login, body: '…', token: access_token}"#)))
  }

  private func login(_ node: DialectNode) throws(ConfigurationError) -> Authentication.Login {
    let fields = try DialectFields(node, known: DialectFields.request + ["register", "token", "expires_in", "lifetime", "refresh"])
    let request = try request(fields, "POST", .login, "/auth/login")
    try refuseWithoutCredentials(request, node)
    var login = Authentication.Login(request, token: try tokenPlace(fields.required("token", "token: access_token")))
    if let node = fields.optional("register") {
      let request = try self.request(DialectFields(node, known: DialectFields.request), "POST", .login, "/auth/register")
      try refuseWithoutCredentials(request, node)
      login.register = request
    }
    login.expiresIn = try fields.optional("expires_in")?.fieldPath("expires_in")
    login.lifetime = try fields.optional("lifetime")?.duration(zeroIsRight: false)
    if let node = fields.optional("refresh") {
      let fields = try DialectFields(node, known: DialectFields.request + ["token"])
      let request = try self.request(fields, "POST", .refresh, "/auth/refresh")
      guard request.slots.contains(.refreshToken) else {
        throw node.refusal(#"{refresh_token} is nowhere in the request; write it in, as in body: '{"refresh_token":"{refresh_token}"}'"#)
      }
      login.refresh = Authentication.Refresh(
        token: try fields.required("token", "token: refresh_token").fieldPath("refresh_token"), request)
    }
    return login
  }

  /// A field of the answer's document, or `{header: NAME}`; the header `Set-Cookie` means the cookies.
  private func tokenPlace(_ node: DialectNode) throws(ConfigurationError) -> Authentication.TokenPlace {
    if node.single != nil { return .body(try node.fieldPath("access_token")) }
    let fields = try DialectFields(node, known: ["header"])
    let header = try fields.required("header", "{header: Set-Cookie}")
    let name = try header.line("Set-Cookie")
    guard !name.isEmpty, name.utf8.allSatisfy(ByteScan.isToken) else {
      throw header.refusal("'\(name)' is no name of a header: letters, digits and hyphens, as in Set-Cookie or X-Auth-Token")
    }
    return name.lowercased() == "set-cookie" ? .cookies : .header(name)
  }

  private func refuseWithoutCredentials(_ request: Dialect.Request, _ node: DialectNode) throws(ConfigurationError) {
    for slot in [Slot.username, .password] where !request.slots.contains(slot) {
      throw node.refusal(
        #"{\#(slot)} is nowhere in the request; write it in, as in body: '{"email":"{username}","password":"{password}"}'"#)
    }
  }

  func assumptions(_ node: DialectNode) throws(ConfigurationError) -> Dialect.Assumptions {
    let fields = try DialectFields(
      node, known: ["snapshot", "final", "requeue", "read_your_writes", "clock_rate", "max_age", "granularity", "stamp_lead"])
    var usual = Dialect.Assumptions()
    // The libraries that write Prometheus text read one metric after the other.
    if case .prometheus = dialect.metrics?.source { usual.snapshot = false }
    return Dialect.Assumptions(
      snapshot: try fields["snapshot"]?.flag() ?? usual.snapshot, final: try fields["final"]?.flag() ?? usual.final,
      requeue: try fields["requeue"]?.choice(Dialect.Requeue.self) ?? usual.requeue,
      readYourWrites: try fields["read_your_writes"]?.flag() ?? usual.readYourWrites,
      clockRate: try fields["clock_rate"]?.clockRate() ?? usual.clockRate,
      maxAge: try fields["max_age"]?.duration(zeroIsRight: true) ?? usual.maxAge,
      granularity: try fields["granularity"]?.duration(zeroIsRight: true) ?? usual.granularity,
      stampLead: try fields["stamp_lead"]?.duration(zeroIsRight: true) ?? usual.stampLead)
  }
}

extension DialectNode {
  /// How far a clock may be fast or slow, as a fraction: `500ppm`, `0.05%` or `0.0005`, at most a tenth.
  fileprivate func clockRate() throws(ConfigurationError) -> Double {
    let text = try text("500ppm")
    let isPPM = text.hasSuffix("ppm")
    let fraction = isPPM ? Double(text.dropLast(3)).map { $0 / 1e6 } : (try? Share(text: text))?.fraction
    guard let fraction, (0...0.1).contains(fraction) else {
      throw refusal("'\(text)' is not how far a clock may be off: write it as in 500ppm or 0.05%, at most 10%")
    }
    return fraction
  }
}
