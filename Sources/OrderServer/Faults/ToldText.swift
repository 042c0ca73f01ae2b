import Shared

/// The figures as they are told in Prometheus text: the true text, with what is lied about in its place. What is told of beginnings is true.
struct ToldText {
  let figures: Figures
  let server: ServerFigures
  let told: ToldReading

  var text: String {
    PrometheusText(figures, server.told(told.requests)).description.textLines.compactMap(line).map { $0 + "\n" }.joined()
  }

  /// `nil` where it is left out.
  private func line(_ truth: String) -> String? {
    guard truth.utf8.first != UInt8(ascii: "#"), let (name, value) = truth.cut(at: " ") else { return truth }
    guard let sample = Self.samples.first(where: { $0.name.hasSameBytes(as: name) })?.sample else { return truth }
    switch sample {
    case .figure(let quantity): return told.figures[quantity].map { lie in Self.text(lie).map { "\(name) \($0)" } } ?? truth
    case .sum(let span): return sumText(span, Double(String(value)) ?? 0).map { "\(name) \($0)" }
    case .bucket(let span, let place): return told.figures[.count(.completed)] == .gone ? nil : "\(name) \(bucket(span, place))"
    }
  }

  /// A reader makes the average of a sum and the number of completed orders, so that a sum lies where one of its parts does, and is left out
  /// with the number.
  private func sumText(_ span: Dialect.Quantity.Span, _ truth: Double) -> String? {
    if told.figures[.count(.completed)] == .gone { return nil }
    let completed = told.figures[.count(.completed)]?.number ?? Double(figures.tallies[.completed])
    let more = told.drift.seconds * completed
    switch told.figures[.average(span)] {
    case .number(let mean): return "\(mean * completed + more)"
    case nil: return "\(truth + more)"
    case .nothing: return "\(more)"
    case let lie?: return Self.text(lie)
    }
  }

  private func bucket(_ span: Dialect.Quantity.Span, _ place: Int) -> Int64 {
    let counts = told.basis.tallies[times: span].counts
    guard told.isShifted else { return counts[place] }
    return place == 0 ? 0 : counts[place - 1]
  }

  /// `nil` where it is left out.
  private static func text(_ lie: ToldFigure) -> String? {
    switch lie {
    case .number(let number): Int64(exactly: number).map(String.init) ?? "\(number)"
    case .nothing: "0"
    case .null: "null"
    case .nan: "NaN"
    case .word: ToldFigure.someWord
    case .gone: nil
    }
  }

  /// What a line is about.
  private enum Sample {
    case figure(Dialect.Quantity)
    case sum(Dialect.Quantity.Span)
    /// The place of its limit among `DurationTally.limits`.
    case bucket(Dialect.Quantity.Span, Int)
  }

  private static let samples: [(name: String, sample: Sample)] =
    OrderStatus.allCases.map { ("orders{status=\"\($0.rawValue)\"}", .figure(.count($0))) }
    + [("orders_accepted_total", .figure(.total)), ("orders_estimated_processing_seconds", .figure(.estimate))]
    + Dialect.Quantity.Span.allCases.flatMap { span -> [(name: String, sample: Sample)] in
      let name = PrometheusText.histogram(span)
      return DurationTally.limits.indices.map { (PrometheusText.bucket(span, $0), .bucket(span, $0)) } + [
        (PrometheusText.lastBucket(span), .figure(.count(.completed))), ("\(name)_count", .figure(.count(.completed))),
        ("\(name)_sum", .sum(span)),
      ]
    }
}
