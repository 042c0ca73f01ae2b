import Shared

extension DialectReader {
  func readCreate() throws(ConfigurationError) -> Dialect.Create? {
    let keys = FileSection.requestKeys + ["accepted", "refused", "id", "duplicates", "invalid"]
    guard let section = try file.section("create", keys) else { return nil }
    let request = try section.request("POST", .create, example: "/orders")
    guard let place = try section.section("id", ["body", "header", "own", "cut", "letters"]) else {
      throw section.missing("id", "id: {body: order_id}, {header: Location} or {own: \"{number}\"}")
    }
    let id = try readID(place)
    guard isOwn(id) || !uses(.id, request) else {
      throw section.refuse("body", "it has an {id}, but the id is the API's: say id: {own: \"{number}\"} where the client chooses it")
    }
    let accepted = try section.codes("accepted") ?? [200, 201, 202]
    let refused = try section.codes("refused") ?? []
    if let both = accepted.intersection(refused).min() { throw section.refuse("refused", "\(both) is an accepted code, too") }
    return Dialect.Create(
      request, acceptedCodes: accepted, refusedCodes: refused, id: id, duplicates: try readDuplicates(section, id),
      invalidBody: try section.body("invalid", .create))
  }

  private func isOwn(_ id: Dialect.IDSource) -> Bool { if case .own = id.place { true } else { false } }

  private func uses(_ slot: Slot, _ request: Dialect.Request) -> Bool {
    ([request.path] + request.headers.map(\.value) + [request.body].compactMap { $0 }).contains { $0.slots.contains(slot) }
  }

  private func readID(_ section: FileSection) throws(ConfigurationError) -> Dialect.IDSource {
    let places = ["body", "header", "own"].filter(section.has)
    guard places.count == 1, let key = places.first else {
      throw section.refuse(places.last, "an id is found in one place: body, header or own; here are \(places.count)")
    }
    let cut = try section.template("cut", .order)
    if let cut, cut.slots != [.id] { throw section.refuse("cut", "'\(cut)' has no {id}: it says what stands before and after the id, as in ORD{id}") }
    let letters: Dialect.IDSource.LetterCase? = try section.word("letters", "a case")
    let text = try section.text(key) ?? ""
    switch key {
    case "body": return Dialect.IDSource(.body(FieldPath(text)), cut: cut, letterCase: letters)
    case "header":
      guard text.lowercased() == "location" else {
        throw section.refuse(key, "'\(text)' is not kept of an answer: an id can be taken from the header Location")
      }
      return Dialect.IDSource(.header(text), cut: cut, letterCase: letters)
    default:
      guard cut == nil, letters == nil else { throw section.refuse(key, "an id of one's own is as it is: leave 'cut' and 'letters' out") }
      let own = try section.template(key, .create) ?? ""
      guard !own.slots.contains(.id) else { throw section.refuse(key, "an id cannot be made of itself") }
      let isUnique = own.slots.contains(.number) || own.slots.contains(.uuid) || (own.slots.contains(.run) && own.slots.contains(.index))
      guard isUnique else {
        throw section.refuse(key, "'\(own)' would be the same in another order or another run: put {number}, {uuid} or {run}-{index} into it")
      }
      return Dialect.IDSource(.own(own))
    }
  }

  private func readDuplicates(_ section: FileSection, _ id: Dialect.IDSource) throws(ConfigurationError) -> Dialect.Duplicates? {
    guard section.has("duplicates") else { return nil }
    if section.isSection("duplicates") {
      guard let keyed = try section.section("duplicates", ["same_id"]), let header = try keyed.headers("same_id", .create).first else {
        throw section.refuse("duplicates", "say by which header the same order is known, as in {same_id: {Idempotency-Key: \"{uuid}\"}}")
      }
      return .sameID(header)
    }
    switch try section.text("duplicates") {
    case "none": return nil
    case "refused":
      guard isOwn(id) else {
        throw section.refuse("duplicates", "an order can be known again only by an id of the client's own: say {own: …} for the id")
      }
      return .refused
    default:
      throw section.refuse("duplicates", "it is 'refused', 'none', or {same_id: {Idempotency-Key: \"{uuid}\"}}")
    }
  }
}
