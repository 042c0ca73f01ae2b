import Shared

/// What templates may be filled with, by where they stand.
enum SlotContext {
  /// A create: everything that follows from the order's number.
  case create
  /// A request about an order that is there.
  case order
  case list
  case page
  case login
  case refresh

  fileprivate func allows(_ slot: Slot) -> Bool {
    switch slot {
    case .index, .number, .uuid, .random, .choice: self == .create || self == .order
    case .run: true
    case .id: self == .create || self == .order
    case .username: true
    case .password: self == .login
    case .refreshToken: self == .refresh
    case .cursor: self == .page
    }
  }
}

extension FileSection {
  static let requestKeys = ["method", "path", "headers", "body"]

  /// A request out of `method`, `path`, `headers` and `body`.
  func request(_ method: String, _ context: SlotContext, example: String) throws(ConfigurationError) -> Dialect.Request {
    guard let path = try path("path", context) else { throw missing("path", "path: \(example)") }
    let own = try read("method") { text in
      guard !text.isEmpty, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
        throw UnitError(expected: "a method", found: text, remedy: "it is one of GET, POST, PUT, PATCH, DELETE")
      }
      return text
    }
    return Dialect.Request(own ?? method, path, headers: try headers("headers", context),
      body: try body("body", context))
  }

  /// A path that begins with a slash.
  func path(_ key: String, _ context: SlotContext) throws(ConfigurationError) -> Template? {
    guard let template = try template(key, context) else { return nil }
    let text = template.description
    guard text.hasPrefix("/") else { throw refuse(key, "'\(text)' is no path: it begins with a slash, as in /orders") }
    guard template.literals.allSatisfy({ $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") } }) else {
      throw refuse(key, "'\(text)' has characters that a path cannot have: escape them, as in %20 for a space")
    }
    return template
  }

  /// A text with slots.
  func template(_ key: String, _ context: SlotContext) throws(ConfigurationError) -> Template? {
    guard let text = try text(key) else { return nil }
    let template = Template(text)
    try check(template, key, context)
    return template
  }

  /// JSON with slots.
  func body(_ key: String, _ context: SlotContext) throws(ConfigurationError) -> Template? {
    if has(key), isSection(key) { throw refuse(key, "a body is JSON as a text: put it into single quotes, as in '{\"user_id\":\"u-{index}\"}'") }
    guard let template = try template(key, context) else { return nil }
    let example = template.filled { slot in
      switch slot {
      case .id, .index, .number, .random: "1"
      case .choice(let texts): texts[0]
      case .uuid, .run, .username, .password, .refreshToken, .cursor: "x"
      }
    }
    if let wrong = Self.badJSON(example) {
      throw refuse(key, "it is no JSON once its slots are filled, as in \(example.prefix(120)): \(wrong)")
    }
    return template
  }

  private static func badJSON(_ text: String) -> BadJSON? {
    Array(text.utf8).withUnsafeBytes { bytes in
      do throws(BadJSON) { _ = try JSONScanner("").value(in: bytes) } catch { return error }
      return nil
    }
  }

  func headers(_ key: String, _ context: SlotContext) throws(ConfigurationError) -> [Dialect.Header] {
    var headers: [Dialect.Header] = []
    for (name, value) in try table(key) ?? [] {
      if let wrong = HeaderRules.wrong(name: name, value: value) { throw refuse(key, wrong) }
      let template = Template(value)
      try check(template, key, context)
      headers.append(Dialect.Header(name, template))
    }
    return headers
  }

  /// A brace that opens a word is meant as a slot: JSON has none outside of its texts.
  private func check(_ template: Template, _ key: String, _ context: SlotContext) throws(ConfigurationError) {
    for literal in template.literals {
      var rest = Substring(literal)
      while let brace = rest.firstIndex(of: "{") {
        rest = rest[rest.index(after: brace)...]
        let word = rest.prefix { $0 != "}" && $0 != "\"" && !$0.isWhitespace }
        guard word.first?.isLetter == true, rest.dropFirst(word.count).first == "}" else { continue }
        let words = Slot.words.map(\.description) + ["random:1..100", "choice:a|b"]
        let nearest = Spelling.nearest(to: String(word), among: words).map { "did you mean '{\($0)}'?" }
        throw refuse(key, "there is no slot '{\(word)}': " + (nearest ?? "there are \(words.map { "{\($0)}" }.joined(separator: ", "))"))
      }
    }
    for slot in template.slots where !context.allows(slot) {
      throw refuse(key, "'{\(slot)}' is not known where this request is made")
    }
  }
}

extension Template {
  fileprivate var literals: [String] {
    parts.compactMap { if case .literal(let text) = $0 { text } else { nil } }
  }
}
