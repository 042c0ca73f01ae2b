import Shared

extension DialectGuesser {
  /// What a document of figures was understood to say.
  struct GuessedMetrics {
    var metrics: Dialect.Metrics
    var path: String
    var words: [OrderStatus: [String]] = [:]
    /// The times of which a description says from when to when they are.
    var described: [Dialect.Quantity] = []
    var isText = false
    /// Whether it was only described.
    var isUnseen = false
  }

  mutating func guessMetrics() {
    var found: [GuessedMetrics] = []
    for figures in evidence.figures {
      switch figures.content {
      case .json(let document): found.append(guessed(document, figures.path))
      case .series(let series): found.append(guessed(series, figures.path))
      }
    }
    found += describedMetrics()
    let understood = found.filter { !$0.metrics.figures.isEmpty }
    let most = understood.map(\.metrics.figures.count).max() ?? 0
    // Figures of one instant say more than some more of several.
    let best =
      understood.first { !$0.isText && $0.metrics.figures.count >= min(most, 3) } ?? understood.first { $0.metrics.figures.count == most }
    guard let best else {
      if guessRequestsAlone() { return }
      guess.dialect.metrics = nil
      guard let one = evidence.figures.first else { return guess.because("metrics", "no path was found that tells figures") }
      return guess.open("metrics", "GET \(one.path) answered, and none of its numbers sounds like a figure of orders")
    }
    guess.dialect.metrics = best.metrics
    if best.isText { guess.dialect.metrics?.addHistogramFigures() }
    if best.isText { guess.dialect.assumptions.snapshot = false }
    if best.isText, let series = series(at: best.path) { guessRequests(series) }
    seenWords = best.words
    let others = understood.filter { !$0.path.hasSameBytes(as: best.path) }.map(\.path)
    let also = others.isEmpty ? "" : "; there are more at \(others.prefix(3).joined(separator: ", "))"
    if !best.isText, let total = best.metrics.figures.first(where: { $0.quantity == .total }),
      StatusSynonyms.status(NameWords(total.name)) != nil
    {
      guess.open("metrics.figures.total", "if it is the orders that stand there now, it is another figure")
    }
    guess.because("metrics", "GET \(best.path)\(best.isUnseen ? " as it is described" : ""), each figure by its name\(also)")
    noteSpans(best)
  }

  private func series(at path: String) -> SeriesSeen? {
    for figures in evidence.figures where figures.path.hasSameBytes(as: path) {
      if case .series(let series) = figures.content { return series }
    }
    return nil
  }

  /// Where no figure of orders is understood, those about requests may be.
  private mutating func guessRequestsAlone() -> Bool {
    for figures in evidence.figures {
      guard case .series(let series) = figures.content else { continue }
      guess.dialect.metrics = Dialect.Metrics(.prometheus(Dialect.Request("GET", Template(figures.path))), figures: [])
      guessRequests(series)
      if guess.dialect.metrics?.requests != nil {
        guess.dialect.assumptions.snapshot = false
        guess.because("metrics", "GET \(figures.path), which tells of requests; none of its numbers sounds like a figure of orders")
        return true
      }
    }
    return false
  }

  /// A name does not tell whether a mean is of the time in the queue, too: a description does, or that there is another one beside it.
  private mutating func noteSpans(_ best: GuessedMetrics) {
    let quantities = best.metrics.figures.map(\.quantity)
    for (quantity, other) in [(.average(.processing), .average(.completion)), (.histogram(.processing), .histogram(.completion))]
      as [(Dialect.Quantity, Dialect.Quantity)]
    {
      for one in [quantity, other] where best.described.contains(one) {
        guess.because("metrics.figures.\(one.fileKey)", "from when to when it is, its description says")
      }
      guard quantities.contains(quantity), !quantities.contains(other), !best.described.contains(quantity) else { continue }
      guess.open("metrics.figures.\(quantity.fileKey)", "if it counts the time in the queue, too, it is \(other.fileKey)")
    }
  }

  /// What is described of paths of figures that did not answer.
  private func describedMetrics() -> [GuessedMetrics] {
    guard let description = evidence.description else { return [] }
    return description.operations.filter { operation in
      operation.method.hasSameBytes(as: "GET") && operation.path.parameters == 0 && operation.path.lastWords.has(["metrics"])
        && !evidence.figures.contains { $0.path.hasSameBytes(as: operation.path.text) }
    }.prefix(5).map { operation in
      var metrics = guessed(description.answer(operation), of: nil, operation.path.text)
      metrics.isUnseen = true
      return metrics
    }
  }

  // MARK: JSON

  private func guessed(_ document: JSONTree, _ path: String) -> GuessedMetrics {
    var answered = AnswerShape()
    answered.add(sample: document)
    var shape = AnswerShape()
    if let description = evidence.description, let operation = description.operation("GET", path) { shape = description.answer(operation) }
    shape.add(sample: document)
    return guessed(shape, of: answered, path)
  }

  /// - Parameters:
  ///   - shape: what is described and answered.
  ///   - answered: what was answered; `nil` where nothing was.
  private func guessed(_ shape: AnswerShape, of answered: AnswerShape?, _ path: String) -> GuessedMetrics {
    var result = GuessedMetrics(metrics: Dialect.Metrics(path: path, figures: []), path: path)
    let candidates = shape.fields.filter { !$0.keys.isEmpty && Self.isFigure($0) }
      .enumerated().sorted { Self.rank($0.element, $0.offset) < Self.rank($1.element, $1.offset) }.map(\.element)
    for field in candidates {
      let isThere = answered.map { $0[field.path] != nil } ?? !field.isOptional
      guard let figure = Self.figure(field, isThere: isThere) else { continue }
      guard !result.metrics.figures.contains(where: { Self.overlaps($0.quantity, figure.quantity) }) else { continue }
      result.metrics.figures.append(figure)
      if figure.quantity.isDuration, FigureName.span(saidBy: field.said) != nil { result.described.append(figure.quantity) }
      if case .count(let status) = figure.quantity, let key = field.keys.last, StatusSynonyms.status(key) == status {
        result.words[status, default: []].append(key)
      }
    }
    result.metrics.figures.sort { $0.quantity.place < $1.quantity.place }
    return result
  }

  /// Short names first, but a word that may be a status as well, such as `received`, after those that say that they are all.
  private static func rank(_ field: AnswerShape.Field, _ place: Int) -> (Int, Int, Int) {
    let name = field.wholeName
    let isUnclear = FigureName.count(name) == .total && StatusSynonyms.status(name) != nil
    return (isUnclear ? 1 : 0, name.words.count, place)
  }

  private static func isFigure(_ field: AnswerShape.Field) -> Bool {
    if field.kinds.contains(.number) || field.kinds == .null { return true }
    // A text that holds a number, as "0.42 seconds".
    guard field.kinds.contains(.text), let first = field.sample?.utf8.first else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
  }

  private static func figure(_ field: AnswerShape.Field, isThere: Bool) -> Dialect.Figure? {
    let name = field.wholeName
    if let time = FigureName.time(name) {
      guard isThere, time.isAverage || time.isEstimate else { return nil }
      let span = FigureName.span(saidBy: field.said) ?? time.span
      let quantity: Dialect.Quantity = time.isEstimate ? .estimate : .average(span)
      return Dialect.Figure(quantity, at: field.path, unit: time.unit)
    }
    guard let quantity = FigureName.count(name), field.kinds != .null else { return nil }
    return Dialect.Figure(quantity, at: field.path, missingIsZero: !isThere && quantity != .total)
  }

  /// Whether two figures count the same orders.
  static func overlaps(_ one: Dialect.Quantity, _ other: Dialect.Quantity) -> Bool {
    one == other || !one.statuses.isDisjoint(with: other.statuses)
  }
}

extension Dialect.Quantity {
  /// Its place among the figures of a file.
  fileprivate var place: Int {
    switch self {
    case .counts: 1
    case .histogram(let span): 20 + (span == .processing ? 0 : 1)
    default: 2 * index
    }
  }

  private var index: Int { Self.allCases.firstIndex(of: self) ?? 9 }
}
