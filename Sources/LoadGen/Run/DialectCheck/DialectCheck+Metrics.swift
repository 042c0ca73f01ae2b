import Shared

extension DialectCheck {
  /// Reads the metrics once, and says what each figure means.
  /// - Returns: the figures that were understood; empty where the list is the claim.
  /// - Parameter isBefore: whether the order is yet to be made, so that a series that it brings may not be there.
  mutating func readMetrics(_ words: String, isBefore: Bool = false, again: Bool = false) async -> Claims {
    guard let metrics = dialect.metrics else { return [:] }
    title(words)
    guard let answer = await ask(.metrics, context) else { return [:] }
    if metrics.source == .list {
      guard case .page(.success(let page)) = answer.reply else {
        problem(listFault(answer))
        return [:]
      }
      understood("the first page has \(page.orders.count) orders; \(further(page))")
      return [:]
    }
    // Readings of a run keep to that, too.
    if [429, 503].contains(answer.response.status), let wait = answer.response.retryAfter.flatMap(Int.init), (0...60).contains(wait), !again
    {
      understood("it asks to be left alone for \(wait) s, as a run does")
      try? await Task.sleep(for: .seconds(wait))
      return await readMetrics(words, isBefore: isBefore, again: true)
    }
    guard (200..<300).contains(answer.response.status) else {
      problem(fault(answer.response, of: "metrics") ?? "metrics: the API answers \(answer.response.status)")
      return [:]
    }
    let claims = if case .metrics(.success(let claims)) = answer.reply { claims } else { Claims() }
    if answer.response.isEncoded, case .metrics(.failure(let failure)) = answer.reply {
      problem("metrics: \(failure.example)")
      return [:]
    }
    if case .prometheus = metrics.source, case .metrics(.failure(let failure)) = answer.reply {
      problem("metrics.format: \(failure.example)")
      return [:]
    }
    for figure in metrics.figures {
      if figure.series.isEmpty {
        explain(figure, claims[figure.quantity], answer)
      } else {
        explain(figure, claims, answer, isBefore: isBefore)
      }
    }
    if let requests = claims.requests, let figures = metrics.requests { explainRequests(requests, figures, isBefore: isBefore) }
    return claims
  }

  /// Whether a page leads to another one, in words.
  func further(_ page: ListPage) -> String {
    switch dialect.list?.pages?.way {
    case .offset, .number: page.orders.isEmpty ? "it is the last" : "there may be further pages, up to the first without orders"
    case .cursor, .link, nil: page.next == nil ? "it is the last" : "there are further pages"
    }
  }

  private mutating func explain(_ figure: Dialect.Figure, _ claim: Claim?, _ answer: Answer) {
    if let claim {
      let stands = figure.fields.count == 1 ? Self.text(at: figure.field, in: answer.body) : claim.text
      let printed = figure.quantity.isDuration ? ", \(places(claim, figure))" : ""
      return understood(
        "\(figure.name) = \(stands ?? "nothing, which stands for 0") -> \(figure.quantity.words)\(stands == nil ? "" : printed)")
    }
    let field = figure.fields.first { Self.text(at: $0, in: answer.body) == nil } ?? figure.field
    let instead = Self.instead(at: field, in: answer.body)
    if instead.contains("null") {
      return understood("\(field) is null -> \(figure.quantity.words) is not claimed now ('null: 0' would have it mean 0)")
    }
    let known = problems.contains { $0.contains("figures.\(figure.quantity.fileKey):") }
    let words =
      "metrics.figures.\(figure.quantity.fileKey): there is no number at '\(field)': \(instead)\(AnswerFields.words(answer.body))"
    // The reading before the order has already reported this as a problem.
    if known { understood(words) } else { problem(words) }
  }

  /// What a figure of Prometheus text is.
  private mutating func explain(_ figure: Dialect.Figure, _ claims: Claims, _ answer: Answer, isBefore: Bool) {
    if claims.unmatched.contains(figure.quantity) {
      let found = SeriesFound.words(answer.body, insteadOf: figure.searched)
      return understood("\(figure.name): \(found); that is taken for 0 -> \(figure.quantity.words)")
    }
    if let claim = claims[figure.quantity] {
      return understood(
        "\(figure.name) = \(claim.text) -> \(figure.quantity.words)\(figure.quantity.isDuration ? ", \(Self.text(claim.value))" : "")")
    }
    if let buckets = claims.buckets[figure.quantity] {
      return understood("\(figure.name): \(buckets.count) limits -> \(figure.quantity.words)")
    }
    let unread = claims.unread(figure.quantity)
    if unread == .null { return understood("\(figure.name): it has no orders yet -> \(figure.quantity.words) is not claimed now") }
    // What comes with a histogram is not in the file itself.
    let histogram = dialect.metrics?.figures.first { figure.isOfHistogram && Self.isHistogram($0, of: figure) }
    let key = (histogram ?? figure).quantity.fileKey
    let isKnown = isBefore || problems.contains { $0.contains("figures.\(key):") }
    let found = SeriesFound.words(answer.body, insteadOf: figure.searched)
    let words =
      unread == .several
      ? "metrics.figures.\(key): '\(figure.name)' is several numbers: select one of them by its labels"
      : unread == .noNumber
        ? "metrics.figures.\(key): '\(figure.name)' is no number"
        : "metrics.figures.\(key): there is no '\(figure.name)': \(found). Where it is left out while it is 0, say missing: 0"
    if isKnown { understood(words) } else { problem(words) }
  }

  /// Whether a figure is the histogram that another one comes with: that of its metric.
  private static func isHistogram(_ figure: Dialect.Figure, of other: Dialect.Figure) -> Bool {
    guard case .histogram = figure.quantity, let name = figure.series.first?.name, let part = other.series.first?.name else { return false }
    return part.hasSameBytes(as: name + "_sum") || part.hasSameBytes(as: name + "_count")
  }

  private func places(_ claim: Claim, _ figure: Dialect.Figure) -> String {
    let decimals = claim.text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    return "\(Self.text(claim.value)), printed to \(decimals) \(decimals == 1 ? "place" : "places") (\(figure.printing.rawValue))"
  }

  /// Checks that the total rose by one between the readings, by our order.
  mutating func compare(_ before: Claims, _ after: Claims) {
    // Figures that may be outdated say nothing about a single order.
    let isFresh = dialect.assumptions.readYourWrites && dialect.assumptions.maxAge == .zero
    guard isFresh, let old = before[.total], let new = after[.total] else { return }
    let change = new.value - old.value
    switch change {
    case 1: understood("the total went from \(old.text) to \(new.text): our order")
    case ..<1:
      problem(
        "metrics.figures.total: it went from \(old.text) to \(new.text), although an order was made: it is another figure (where it counts "
          + "completed orders only, name it under 'completed'), or it is old (assumptions.max_age)")
    default: understood("the total went from \(old.text) to \(new.text): others send orders, too")
    }
  }

  // MARK: Times

  /// Holds what the API says about the order's duration against what was seen.
  /// - Parameter took: how long the order took, in seconds, as far as it could be observed.
  mutating func readOrderMetrics(_ took: ClosedRange<Double>) async {
    guard let metrics = dialect.orderMetrics else { return }
    title("metrics of the order")
    guard let answer = await ask(.orderMetrics, context) else { return }
    guard case .orderMetrics(.success(let claimed)) = answer.reply else {
      return problem(
        fault(answer.response, of: "order_metrics")
          ?? "order_metrics.field: there is no number at '\(metrics.field)': \(Self.instead(at: metrics.field, in: answer.body))"
          + AnswerFields.words(answer.body))
    }
    understood("\(metrics.field) = \(claimed.text): the order took \(Self.text(claimed.range.upperBound / 1e9)) from \(metrics.span.words)")
    if let words = doubt(claimed.range.lowerBound / 1e9...claimed.range.upperBound / 1e9, metrics.span, took, metrics.unit) {
      problem("order_metrics.unit: \(words)")
    }
  }

  /// Holds the averages against the order's own time, which they must equal while it is the only completed one.
  mutating func judgeAverages(_ claims: Claims, _ took: ClosedRange<Double>) {
    guard let completed = claims[.count(.completed)], completed.value == 1 else { return }
    for figure in dialect.metrics?.figures ?? [] {
      guard case .average(let span) = figure.quantity, let claim = claims[figure.quantity] else { continue }
      if let words = doubt(claim.range(figure.printing), span, took, figure.unit) {
        problem("metrics.figures.\(figure.quantity.fileKey).unit: \(words)")
      }
    }
  }

  /// Why an order cannot have taken the time that the API claims; `nil` where it can have.
  /// - Parameters:
  ///   - said: the claimed time, in seconds.
  ///   - took: the time from the order's creation to its end, in seconds, by the same rule as a run's intervals.
  private func doubt(
    _ said: ClosedRange<Double>, _ span: Dialect.Quantity.Span, _ took: ClosedRange<Double>, _ unit: Duration
  ) -> String? {
    let grain = dialect.assumptions.granularity.seconds
    let most = took.upperBound * (1 + dialect.assumptions.clockRate) + grain
    if said.lowerBound > most {
      let guess =
        Self.isOfUnits(said.lowerBound / max(most, 1e-9))
        ? "is it in units smaller than \(unit.text), as in 1ms?" : coarse(most, "another time")
      return "the API says \(Self.text(said.lowerBound)), and the order took \(Self.text(most)) at most: \(guess)"
    }
    // Processing may be any part of the time that an order takes, so only a completion can be too short.
    let least = took.lowerBound * (1 - dialect.assumptions.clockRate) - grain
    guard span == .completion, said.upperBound < least else { return nil }
    let guess =
      Self.isOfUnits(least / max(said.upperBound, 1e-9))
      ? "is it in units larger than \(unit.text), as in 1s, or does it leave out the time in the queue?"
      : coarse(least, "the time without that in the queue")
    return "the API says \(Self.text(said.upperBound)), and the order took \(Self.text(least)) at least: \(guess)"
  }

  /// Whether a time may be so many times another because the two are in different units: seconds, milliseconds and microseconds.
  private static func isOfUnits(_ ratio: Double) -> Bool { (300...3_000).contains(ratio) || (3e5...3e6).contains(ratio) }

  /// - Parameters:
  ///   - time: how long the order took, in seconds.
  ///   - other: what else the figure may be.
  private func coarse(_ time: Double, _ other: String) -> String {
    time < 1 ? "are its timestamps coarser than it (assumptions.granularity), or is it \(other)?" : "is it \(other)?"
  }
}

extension Dialect.Figure {
  /// The name of the metric that is looked for.
  fileprivate var searched: String {
    let name = series.first?.name ?? ""
    if case .histogram = quantity { return name + "_bucket" }
    return name
  }
}
