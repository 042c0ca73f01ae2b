import Shared

extension DialectGuesser {
  /// How callers are let in: what the create asks for.
  mutating func guessAuthentication(_ description: OpenAPIDescription) {
    guard let operation = creator else { return guessUndescribedChallenge() }
    let needs = (operation.tree["security"] ?? description.security)?.elements ?? []
    // An empty one means that it goes without.
    guard !needs.isEmpty, !needs.contains(.object([])) else { return guessUndescribedChallenge() }
    let schemes = needs.prefix(10).flatMap { $0.members.prefix(10) }.compactMap { description.securityScheme($0.key) }
    for scheme in schemes {
      let type = ByteText(scheme["type"]?.text ?? "")
      if type == "http", scheme["scheme"]?.text?.isSameWord(as: "basic") ?? false {
        guess.dialect.authentication = .basic
        return guess.because(
          "authentication", "\(operation.words) is described to need it; the account is given by LOADGEN_USER or --user-file")
      }
      if type == "http" || type == "oauth2", guessLogin(scheme, description) { return }
    }
    if let key = schemes.first(where: { $0["type"]?.text?.hasSameBytes(as: "apiKey") ?? false }) {
      let name = Legible.line(key["name"]?.text ?? "", limit: 60)
      return guess.open("authentication", "\(operation.words) needs a key: give it to the run with --header '\(name): …'")
    }
    guess.open("authentication", "\(operation.words) needs credentials, and how they are had was not understood")
  }

  private mutating func guessUndescribedChallenge() {
    guard let challenge = evidence.challenge, guess.dialect.authentication == .none else { return }
    if challenge.hasSameBytes(as: "basic") {
      guess.dialect.authentication = .basic
      guess.because("authentication", "a GET was refused with WWW-Authenticate: Basic")
    } else {
      guess.open("authentication", "a GET was refused with 401, and how to log in is not described")
    }
  }

  // MARK: Logins

  private mutating func guessLogin(_ scheme: JSONTree, _ description: OpenAPIDescription) -> Bool {
    guard let operation = loginOperation(scheme, description), let request = accountRequest(operation, description) else { return false }
    let answer = description.answer(operation)
    let token = answer.fields.first { Self.isToken($0, refreshes: false) }
    var login = Authentication.Login(request, token: .body(token?.path ?? "access_token"))
    if let seconds = answer.fields.first(where: { $0.name.joined == "expiresin" && $0.kinds.isScalar }) { login.expiresIn = seconds.path }
    if token == nil {
      guess.because("authentication.login.token", "the answer to \(operation.words) is not described: OAuth 2 calls it so")
    }
    login.register = registration(operation, description)
    if let field = answer.fields.first(where: { Self.isToken($0, refreshes: true) }) {
      login.refresh = refresh(field.path, description)
    }
    guess.dialect.authentication = .bearer(login)
    let why = login.register == nil ? "the account is given by LOADGEN_USER or --user-file" : "a run makes its own accounts"
    guess.because("authentication", "\(operation.words) brings a token; \(why)")
    return true
  }

  /// The operation that brings a token: what the scheme names, or what sounds like it.
  private func loginOperation(_ scheme: JSONTree, _ description: OpenAPIDescription) -> OpenAPIDescription.Operation? {
    let url = scheme["flows"]?["password"]?["tokenUrl"]?.text
    let last = url?.parts(between: "/").last.map(String.init)
    let posts = description.operations.filter { $0.method.hasSameBytes(as: "POST") && $0.path.parameters == 0 }
    if let last, let named = posts.first(where: { $0.path.segments.last?.hasSameBytes(as: last) ?? false }) { return named }
    let names: [Set<ByteText>] = [["login", "signin"], ["token", "tokens"], ["session", "sessions"], ["authenticate", "auth"]]
    for words in names {
      let found = posts.first { post in
        post.path.lastWords.has(words) && !post.path.lastWords.has(["refresh", "logout", "register", "revoke", "out"])
      }
      if let found { return found }
    }
    return posts.first { $0.path.words.has(["auth", "login"]) && $0.name.has(["login", "signin", "token"]) && !$0.name.has(["refresh"]) }
  }

  private func registration(_ login: OpenAPIDescription.Operation, _ description: OpenAPIDescription) -> Dialect.Request? {
    let found = description.operations.first { operation in
      operation.method.hasSameBytes(as: "POST") && operation.path.parameters == 0
        && (operation.path.lastWords.has(["register", "signup", "registration", "users", "accounts"])
          || operation.name.has(["register", "signup"]))
    }
    return found.flatMap { accountRequest($0, description) }
  }

  private func refresh(_ token: FieldPath, _ description: OpenAPIDescription) -> Authentication.Refresh? {
    for operation in description.operations
    where operation.method.hasSameBytes(as: "POST") && operation.path.lastWords.has(["refresh", "renew"]) {
      guard let media = description.media(operation.tree["requestBody"], as: .json) else { continue }
      let schema = SchemaView(media.tree["schema"], in: description)
      guard let key = schema.properties.first(where: { NameWords($0.key).has(["refresh", "token"]) })?.key else { continue }
      var template = BodyTemplate()
      template.replaced = [ByteText(key): "\"{refresh_token}\""]
      guard let body = template.body(of: schema, example: media.tree["example"]) else { continue }
      return Authentication.Refresh(token: token, Dialect.Request("POST", Template(operation.path.text), body: Self.ofAccount(body)))
    }
    return nil
  }

  private static func isToken(_ field: AnswerShape.Field, refreshes: Bool) -> Bool {
    guard !field.keys.isEmpty, field.keys.count <= 3, field.kinds.isScalar else { return false }
    let name = field.name
    return name.has(["token", "jwt", "access"]) && name.has(["refresh"]) == refreshes
      && !name.has(["type", "expires", "expiry", "in", "at", "id", "csrf"])
  }

  /// A request that names an account; `nil` where its body has no place for a name and a password.
  private func accountRequest(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) -> Dialect.Request? {
    var request = Dialect.Request("POST", Template(operation.path.text))
    if let media = description.media(operation.tree["requestBody"], as: .json) {
      let schema = SchemaView(media.tree["schema"], in: description)
      let example = media.tree["example"]
      let keys = schema.properties.map(\.key) + (example?.members.prefix(50).map(\.key) ?? [])
      let slots = Self.slots(keys)
      guard slots.isWhole else { return nil }
      var template = BodyTemplate()
      template.replaced = slots.replaced.mapValues { "\"\($0)\"" }
      guard let body = template.body(of: schema, example: example) else { return nil }
      request.body = Self.ofAccount(body)
      return request
    }
    guard let media = description.media(operation.tree["requestBody"], as: .form) else { return nil }
    let schema = SchemaView(media.tree["schema"], in: description)
    var slots = Self.slots(schema.properties.map(\.key))
    guard slots.isWhole else { return nil }
    // FastAPI's form for OAuth 2 may leave it out, and the standard needs it.
    if let key = schema.properties.first(where: { $0.key.hasSameBytes(as: "grant_type") })?.key {
      slots.replaced[ByteText(key)] = "password"
    }
    guard let body = FormTemplate.body(of: schema, replaced: slots.replaced) else { return nil }
    request.headers = [Dialect.Header("Content-Type", "application/x-www-form-urlencoded")]
    request.body = Self.ofAccount(body)
    return request
  }

  /// What the fields of an account are filled with.
  private static func slots(_ keys: [String]) -> (replaced: [ByteText: String], isWhole: Bool) {
    var replaced: [ByteText: String] = [:]
    var (hasName, hasPassword) = (false, false)
    for key in keys where key.utf8.count <= 100 {
      let name = NameWords(key)
      if name.has(["password", "passwd", "passphrase"]) {
        replaced[ByteText(key)] = "{password}"
        hasPassword = true
      } else if name.has(["username", "email", "login", "mail"]) || name.joined == "user" || name.joined == "name"
        || name.joined == "userid"
      {
        replaced[ByteText(key)] = "{username}"
        hasName = true
      }
    }
    return (replaced, hasName && hasPassword)
  }

  /// A body without a slot that only an order fills.
  private static func ofAccount(_ body: String) -> Template { Template(body.replacing("{index}", with: "{run}")) }
}
