import Shared

extension DialectNode {
  /// A text in a single line, in which every pair of braces must be a slot.
  func template(_ place: SlotPlace, _ example: String) throws(ConfigurationError) -> Template {
    let text = try line(example)
    for braces in Self.braces(text) { try checkBraces(braces, place) }
    return Template(text)
  }

  /// A path with slots, which may have a query.
  /// - Parameter slot: one that it must have.
  func path(_ place: SlotPlace, needs slot: Slot? = nil, _ example: String) throws(ConfigurationError) -> Template {
    let template = try template(place, example)
    let text = template.description
    guard text.hasPrefix("/") else {
      throw refusal("'\(text)' does not begin with a slash: write the path below the target's URL, as in \(example)")
    }
    let plain = template.filled { _ in "" }
    guard plain.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
      throw refusal("'\(text)' has a character that may not stand in a path: escape it, as in %20 for a space")
    }
    if let slot, !template.slots.contains(slot) { throw refusal("'\(text)' has no {\(slot)} in it; write it as in \(example)") }
    return template
  }

  /// A body, which is checked where it has to be JSON once its slots are filled.
  func body(_ place: SlotPlace, _ form: BodyForm) throws(ConfigurationError) -> Template {
    let example = #"'{"user_id":"u-{index}"}'"#
    let text = try text(example)
    // JSON has braces of its own, but no letter directly follows them.
    for braces in Self.braces(text) where braces.text.first?.isLetter == true { try checkBraces(braces, place) }
    let template = Template(text)
    for slot in template.slots where !place.words.contains(slot.word) { try checkSlot(Substring(slot.description), place) }
    switch form {
    case .json: if let fault = JSONTemplate(template, id: place.id).fault { throw refusal(fault) }
    case .form:
      let plain = template.filled { _ in "" }.utf8
      guard plain.contains(UInt8(ascii: "=")), plain.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }) else {
        throw refusal("it is no form, which its Content-Type says: write it as in 'user=u-{index}&item=tea', with %20 for a space")
      }
    case .xml:
      guard text.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") else {
        throw refusal("it is no XML, which its Content-Type says: write it as in '<order><user>u-{index}</user></order>'")
      }
    case .plain: break
    }
    return template
  }

  /// The text after an opening brace, and whether a closing brace follows it.
  private typealias Braces = (text: Substring, isClosed: Bool)

  private static func braces(_ text: String) -> [Braces] {
    var found: [Braces] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{") {
      rest = rest[rest.index(after: open)...]
      let inside = rest.prefix { $0 != "}" }
      found.append((inside, inside.endIndex < rest.endIndex))
    }
    return found
  }

  private func checkBraces(_ braces: Braces, _ place: SlotPlace) throws(ConfigurationError) {
    guard braces.isClosed else { throw refusal("'{\(braces.text.prefix(40))' has no closing brace; write a slot as in {index}") }
    try checkSlot(braces.text, place)
  }

  private func checkSlot(_ text: Substring, _ place: SlotPlace) throws(ConfigurationError) {
    let shown = text.count > 40 ? "\(text.prefix(40))…" : "\(text)"
    guard let slot = Slot(text: text) else {
      let word = String(text.prefix { $0 != ":" })
      switch word {
      case "random": throw refusal("{\(shown)} is no slot: write it with two whole numbers, the smaller first, as in {random:1..100}")
      case "choice": throw refusal("{\(shown)} is no slot: write it with two texts or more, as in {choice:red|green}")
      default: break
      }
      let remedy = Spelling.nearest(to: word, among: SlotPlace.all).map { ": did you mean {\(Self.spelt($0))}?" }
      throw refusal("{\(shown)} is no slot\(remedy ?? "; it can be one of \(Self.list(place.words))")")
    }
    guard place.words.contains(slot.word) else {
      throw refusal("{\(shown)} cannot be filled in \(place.name); there it can be one of \(Self.list(place.words))")
    }
  }

  private static func list(_ words: [String]) -> String { words.map { "{\(spelt($0))}" }.joined(separator: ", ") }

  private static func spelt(_ word: String) -> String {
    switch word {
    case "random": "random:1..100"
    case "choice": "choice:a|b"
    default: word
    }
  }
}
