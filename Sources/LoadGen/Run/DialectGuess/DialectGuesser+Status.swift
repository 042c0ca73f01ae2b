import Shared

extension DialectGuesser {
  /// How an order's status is asked for, and which words mean what.
  mutating func guessStatus(_ description: OpenAPIDescription) {
    let ranked = Self.best(
      Self.best(description.operations) { statusScore($0) }
        .map { ($0.operation, $0.score + (Self.statusField(description.answer($0.operation)) == nil ? 0 : 6)) })
    guard let operation = ranked.first?.operation else {
      guess.dialect.status.source = .order(Dialect.Request("GET", Template(collection + "/{id}")), field: "status")
      guess.open("status.path", "no GET of a single order is described: say where its status is, or 'in: list'")
      return guessWords([], of: nil)
    }
    let request = Dialect.Request("GET", Template(operation.path.filled(with: "{id}")))
    guess.because("status.path", "\(operation.words)")
    if guess.openKeys.contains(where: { $0.hasSameBytes(as: "create.id") }), let name = operation.path.parameterName {
      guess.dialect.create.id = Dialect.IDSource(.body(FieldPath(name)))
    }
    let answer = description.answer(operation)
    if let field = Self.statusField(answer) {
      guess.dialect.status.source = .order(request, field: field.path)
      guess.because("status.field", "by its name, in the answer to \(operation.words)")
      guessWords(field.words, of: "the answer to \(operation.words)")
    } else {
      guess.dialect.status.source = .order(request, field: "status")
      if answer.fields.contains(where: { !$0.keys.isEmpty }) {
        guess.open("status.field", "no field of the answer to \(operation.words) sounds like a status")
      } else {
        guess.because("status.field", "the answer to \(operation.words) is not described: the most common place, unproven")
      }
      guessWords([], of: nil)
    }
    guessUnknown(operation, description)
    guessOrder(Array(ranked.dropFirst().map(\.operation)), description, than: operation)
  }

  /// How likely an operation tells an order's status, by its names; `nil` where it does not.
  private func statusScore(_ operation: OpenAPIDescription.Operation) -> Int? {
    guard operation.method.hasSameBytes(as: "GET"), operation.path.parameters == 1 else { return nil }
    let path = operation.path
    let isBelow = path.isBelow(collection)
    guard isBelow || path.words.meansOrders else { return nil }
    let tells = path.lastWords.has(["status", "state"]) && !path.endsWithParameter
    guard path.endsWithParameter || tells else { return nil }
    if path.words.has(["metrics", "invoice", "items", "events", "history", "stats"]) { return nil }
    var score = isBelow ? 6 : 0
    if path.words.has(NameWords.surelyOrders) { score += 3 }
    if tells { score += 3 }
    return score - path.segments.count / 2
  }

  /// The field of an answer that is most likely an order's status.
  static func statusField(_ answer: AnswerShape) -> AnswerShape.Field? {
    let ranked = answer.fields.compactMap { field -> (field: AnswerShape.Field, score: Int)? in
      guard !field.keys.isEmpty, field.keys.count <= 3, field.kinds.isScalar || field.kinds == .flag else { return nil }
      let name = field.name
      guard let last = name.words.last, ["status", "state", "phase", "stage"].contains(last) else { return nil }
      guard !name.has(["payment", "http", "code", "shipping", "delivery", "user", "account"]) else { return nil }
      var score = 10 - 2 * field.keys.count
      if name.words.count == 1 || name.meansOrders { score += 3 }
      if last == "status" { score += 1 }
      if field.words.contains(where: { StatusSynonyms.status($0) != nil }) { score += 6 }
      return (field, score)
    }
    return ranked.max { $0.score < $1.score }?.field
  }

  private mutating func guessUnknown(_ operation: OpenAPIDescription.Operation, _ description: OpenAPIDescription) {
    let codes = description.answers(operation).map(\.code)
    guard !codes.contains(404), codes.contains(410) else { return }
    guess.dialect.status.unknownCodes = [410]
    guess.because("status.unknown", "\(operation.words) is described to answer 410, and not 404")
  }

  /// Where an order is read whole, where that is another place than its status.
  private mutating func guessOrder(
    _ others: [OpenAPIDescription.Operation], _ description: OpenAPIDescription, than status: OpenAPIDescription.Operation
  ) {
    guard !status.path.endsWithParameter else { return }
    for other in others where other.path.endsWithParameter && other.path.isBelow(collection) {
      guard let field = Self.statusField(description.answer(other)) else { continue }
      guess.dialect.order = Dialect.OrderPage(Dialect.Request("GET", Template(other.path.filled(with: "{id}"))), status: field.path)
      return guess.because("order", "\(other.words)")
    }
  }

  // MARK: Cancelling and confirming

  mutating func guessCancel(_ description: OpenAPIDescription) {
    let found = description.operations.first { operation in
      let isCancel = operation.path.lastWords.has(["cancel", "cancellation", "abort"]) && !operation.path.endsWithParameter
      switch ByteText(operation.method) {
      case "POST", "PUT", "PATCH", "DELETE":
        guard operation.path.parameters == 1, operation.path.isBelow(collection) else { return false }
        return isCancel || operation.method.hasSameBytes(as: "DELETE") && operation.name.has(["cancel", "abort"])
      default: return false
      }
    }
    guard let found else { return }
    var request = Dialect.Request(found.method, Template(found.path.filled(with: "{id}")))
    if let media = description.media(found.tree["requestBody"], as: .json) {
      var template = BodyTemplate()
      let body = template.body(of: SchemaView(media.tree["schema"], in: description), example: media.tree["example"])
      if let body { request.body = Template(body) }
    }
    let codes = description.answers(found).map(\.code)
    let accepted = Set(description.accepted(found))
    let refused = Set(codes.filter { $0 == 400 || $0 == 409 })
    guess.dialect.cancel = Dialect.Cancel(
      request, acceptedCodes: accepted.isEmpty ? [200, 202, 204] : accepted, refusedCodes: refused.isEmpty ? [400, 409] : refused)
    guess.because("cancel", "\(found.words)")
  }

  /// A second step is not sent by a guess: whether orders need it, only their course shows.
  mutating func guessConfirm(_ description: OpenAPIDescription) {
    let found = description.operations.first { operation in
      operation.method.hasSameBytes(as: "POST") && operation.path.parameters == 1 && operation.path.isBelow(collection)
        && !operation.path.endsWithParameter
        && operation.path.lastWords.has(["pay", "payment", "payments", "confirm", "approve", "checkout"])
    }
    if let found { guess.because("confirm", "if no order goes on without it: \(found.words)") }
  }

  mutating func guessOrderMetrics(_ description: OpenAPIDescription) {
    let candidates = description.operations.lazy.filter { operation in
      operation.method.hasSameBytes(as: "GET") && operation.path.parameters == 1 && operation.path.words.has(["metrics"])
    }
    for operation in candidates.prefix(10) {
      let fields = description.answer(operation).fields.filter { !$0.keys.isEmpty && $0.kinds.isScalar }
      let timed = fields.compactMap { field in FigureName.time(field.wholeName).map { (field: field, time: $0) } }
      guard
        let found = timed.first(where: { $0.time.span == .completion && !$0.time.isAverage }) ?? timed.first(where: { !$0.time.isAverage })
      else { continue }
      let said = FigureName.span(saidBy: found.field.said)
      let span = said ?? found.time.span
      guess.dialect.orderMetrics = Dialect.OrderMetrics(
        path: Template(operation.path.filled(with: "{id}")), field: found.field.path, span: span, unit: found.time.unit)
      guess.because("order_metrics", "by its name in the answer to \(operation.words)")
      if said == nil, span == .processing {
        guess.open("order_metrics.span", "if it counts the time in the queue, too, it is completion")
      }
      return
    }
  }

  mutating func guessReady(_ description: OpenAPIDescription) {
    let names: [ByteText] = ["ping", "health", "healthz", "ready", "readyz", "livez", "healthcheck"]
    for name in names {
      let found = description.operations.first {
        $0.method.hasSameBytes(as: "GET") && $0.path.parameters == 0 && $0.path.segments.last.map { ByteText($0) } == name
      }
      if let found {
        guess.dialect.readyPath = found.path.text
        return guess.because("ready", "\(found.words)")
      }
    }
    if let path = evidence.readyPath {
      guess.dialect.readyPath = path
      guess.because("ready", "GET \(path) answered 2xx")
    }
  }
}
