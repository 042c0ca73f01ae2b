import Shared

extension DialectGuesser {
  /// Finds the request that makes an order, and what is known of it.
  mutating func guessCreate(_ description: OpenAPIDescription) {
    let ranked = Self.best(
      Self.best(description.operations) { Self.score($0) }.map { ($0.operation, $0.score + Self.bonus($0.operation, description)) })
    guard let best = ranked.first else {
      guess.open("create.path", "no POST is described that makes an order: write its path")
      guess.open("create.body", "write what an order has, as the API takes it")
      return
    }
    let operation = best.operation
    creator = operation
    collection = Self.collection(of: operation.path)
    guess.dialect.create.request.path = Template(operation.path.text)
    let rival = ranked.dropFirst().first { $0.score >= best.score - 2 }.map { "; it could also be \($0.operation.words)" } ?? ""
    guess.because("create.path", "by its name and its answers \(operation.words) makes an order\(rival)")
    guessAccepted(operation, description)
    let answer = description.answer(operation)
    let id = guessID(operation, answer, description)
    guessBody(operation, description, id: id)
    guessDuplicates(operation, description)
  }

  typealias Ranked = (operation: OpenAPIDescription.Operation, score: Int)

  /// How many operations are looked at closely.
  private static let mostCandidates = 12

  /// The best of some operations, the best first; of equals that which is described first.
  static func best(_ operations: [OpenAPIDescription.Operation], _ score: (OpenAPIDescription.Operation) -> Int?) -> [Ranked] {
    Array(best(operations.compactMap { operation in score(operation).map { (operation, $0) } }).prefix(mostCandidates))
  }

  static func best(_ ranked: [Ranked]) -> [Ranked] {
    ranked.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
  }

  /// How likely an operation makes an order, by its names; `nil` where it does not.
  private static func score(_ operation: OpenAPIDescription.Operation) -> Int? {
    guard operation.method.hasSameBytes(as: "POST"), operation.path.parameters == 0 else { return nil }
    let (last, path, name) = (operation.path.lastWords, operation.path.words, operation.name)
    if last.has(otherThings) || path.has(["webhook", "webhooks", "callback", "callbacks"]) { return nil }
    guard path.meansOrders || name.meansOrders else { return nil }
    var score = 0
    if last.has(NameWords.surelyOrders) { score += 10 } else if last.meansOrders { score += 5 }
    if path.has(NameWords.surelyOrders) { score += 4 }
    if name.has(NameWords.surelyOrders) { score += 3 }
    if name.has(makes) || last.has(makes) { score += 3 }
    if name.has(otherThings) { score -= 8 }
    if last.has(["bulk", "batch", "import", "validate", "quote", "estimate", "preview"]) { score -= 8 }
    return score - operation.path.segments.count / 2
  }

  /// How much likelier its answers and its neighbours make it.
  private static func bonus(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) -> Int {
    let accepted = description.accepted(operation)
    let place = collection(of: operation.path)
    let hasSingles = description.operations.contains { $0.path.parameters == 1 && $0.path.isBelow(place) }
    return (accepted.contains(201) || accepted.contains(202) ? 3 : 0) + (hasSingles ? 4 : 0)
  }

  private static let makes: Set<ByteText> = ["create", "place", "submit", "new", "add", "make", "enqueue", "post", "start"]
  private static let otherThings: Set<ByteText> = [
    "login", "signin", "register", "signup", "token", "auth", "logout", "refresh", "cancel", "webhook", "webhooks", "search", "payment",
    "pay",
    "reset", "metrics", "query", "delete", "update", "retry",
  ]

  /// The path of the orders: that of the create, without a last word such as `create`.
  static func collection(of path: PathShape) -> String {
    if let last = path.segments.last, NameWords(last).without(NameWords.orders).words.count == NameWords(last).words.count,
      NameWords(last).has(makes), let parent = path.parent
    {
      return parent
    }
    let text = path.text.utf8
    return text.last == UInt8(ascii: "/") && text.count > 1 ? String(Substring(text.dropLast())) : path.text
  }

  private mutating func guessAccepted(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) {
    let codes = description.accepted(operation).filter { $0 != 204 }
    let isSaid = codes.contains { $0 != 200 } || codes == [200] && !description.answer(operation).fields.allSatisfy(\.kinds.isEmpty)
    guard isSaid else {
      return guess.because("create.accepted", "the usual ones: what is described is what frameworks write where nothing is said")
    }
    guess.dialect.create.acceptedCodes = Set(codes)
    guess.because("create.accepted", "the answers of success that are described")
  }

  // MARK: The id

  /// Where the answer to a create has the order's id.
  /// - Returns: the place; `nil` where it is in a header, or not known.
  private mutating func guessID(
    _ operation: OpenAPIDescription.Operation, _ answer: AnswerShape, _ description: OpenAPIDescription
  ) -> FieldPath? {
    if let linked = Self.linkedID(operation, description), answer[linked] != nil || answer.fields.isEmpty {
      guess.dialect.create.id = Dialect.IDSource(.body(linked))
      guess.because("create.id", "the links of the answer to \(operation.words) lead on by it")
      return linked
    }
    if let field = Self.idField(answer) {
      guess.dialect.create.id = Dialect.IDSource(.body(field.path))
      guess.because("create.id", "by its name, in the answer to \(operation.words)")
      return field.path
    }
    if let root = answer.fields.first, root.keys.isEmpty, root.kinds.isScalar, !root.kinds.isEmpty {
      guess.dialect.create.id = Dialect.IDSource(.body(""))
      guess.because("create.id", "the whole answer to \(operation.words)")
      return nil
    }
    let headers = description.success(operation)?["headers"]?.members ?? []
    if headers.contains(where: { $0.key.isSameWord(as: "location") }) {
      guess.dialect.create.id = Dialect.IDSource(.header("Location"))
      guess.because("create.id", "the answer to \(operation.words) has a header Location")
      return nil
    }
    guess.open(
      "create.id", "the answer to \(operation.words) is not described: say where the id is, as in {body: data.id} or {header: Location}")
    return nil
  }

  /// The place that a link of the answer leads on by.
  private static func linkedID(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) -> FieldPath? {
    for link in (description.success(operation)?["links"]?.members ?? []).prefix(20) {
      for parameter in (description.resolved(link.value)?["parameters"]?.members ?? []).prefix(10) {
        guard let pointer = parameter.value.text?.cut(at: "$response.body#/"), pointer.before.isEmpty else { continue }
        let keys = pointer.after.parts(between: "/").map(String.init)
        if !keys.isEmpty, keys.count <= AnswerShape.mostDepth, keys.allSatisfy(AnswerShape.isUsable) {
          return FieldPath(keys.joined(separator: "."))
        }
      }
    }
    return nil
  }

  /// The field of an answer that is most likely an order's id.
  static func idField(_ answer: AnswerShape) -> AnswerShape.Field? {
    let ranked = answer.fields.compactMap { field in idScore(field).map { (field: field, score: $0) } }
    return ranked.max { $0.score < $1.score }?.field
  }

  private static func idScore(_ field: AnswerShape.Field) -> Int? {
    guard !field.keys.isEmpty, field.kinds.isScalar, field.keys.count <= 3 else { return nil }
    let name = field.name
    let isID = name.words.last.map { ["id", "uuid", "number", "reference", "key", "guid"].contains($0) } ?? false
    guard isID, !name.has(["user", "customer", "product", "request", "trace", "account", "item", "client", "correlation"]) else {
      return nil
    }
    var score = 10 - 2 * field.keys.count
    if name.has(NameWords.surelyOrders) { score += 5 } else if name.words.count == 1, name.has(["id"]) { score += 4 }
    if name.has(["uuid"]) { score += 1 }
    if name.has(["number", "reference", "key"]) { score -= 3 }
    if name.words.count > 1, !name.meansOrders { score -= 2 }
    return score
  }

  // MARK: Duplicates

  private mutating func guessDuplicates(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) {
    let codes = description.answers(operation).map(\.code)
    if case .own = guess.dialect.create.id.place {
      guard codes.contains(409) else { return }
      guess.dialect.create.duplicates = .refused
      return guess.because("create.duplicates", "the client chooses the id, and 409 is described")
    }
    for parameter in operation.parameters {
      guard let tree = description.resolved(parameter), tree["in"]?.text?.hasSameBytes(as: "header") ?? false,
        let name = tree["name"]?.text, name.isSameWord(as: "Idempotency-Key")
      else { continue }
      guess.dialect.create.duplicates = .sameID(Dialect.Header("Idempotency-Key", "{uuid}"))
      guess.because("create.duplicates", "\(operation.words) takes a header Idempotency-Key")
      return
    }
  }
}
