import Shared

/// Figures about requests.
extension DialectReader {
  /// A library's name, or what its figures are called and mean.
  func requestFigures(_ node: DialectNode) throws(ConfigurationError) -> Dialect.RequestFigures {
    if node.single != nil { return try library(node) }
    let fields = try DialectFields(node, known: ["like", "counter", "histogram", "unit", "labels", "counted", "duration"])
    var figures = try fields["like"].map(library) ?? Dialect.RequestFigures()
    if let counter = fields["counter"] { figures.counter = counter.isNone ? nil : try selector(counter, "http_requests_total") }
    if let histogram = fields["histogram"] {
      figures.histogram = histogram.isNone ? nil : try selector(histogram, "http_request_duration_seconds")
    }
    guard figures.counter != nil || figures.histogram != nil else {
      throw node.refusal("it has neither 'counter' nor 'histogram': add one, as in counter: http_requests_total")
    }
    if let unit = fields["unit"] { figures.unit = try unit.duration(zeroIsRight: false) }
    if let labels = fields["labels"] { try self.labels(labels, &figures.labels) }
    if let counted = fields["counted"] { figures.countedWithin = try self.counted(counted) }
    if let duration = fields["duration"] {
      guard duration.isNone || duration.single == "until_answer" else {
        throw duration.refusal(
          "it is \(duration.kind), and can be until_answer, where a request's duration is over once it is answered, or none, where it may go on"
        )
      }
      figures.endsWithAnswer = !duration.isNone
    }
    return figures
  }

  private func library(_ node: DialectNode) throws(ConfigurationError) -> Dialect.RequestFigures {
    let name = try node.text("prometheus_flask_exporter")
    let known = Dialect.RequestFigures.ofLibraries
    if let library = known.first(where: { $0.name.hasSameBytes(as: name) }) { return library.figures }
    throw node.refusal(
      "there is no set of figures '\(name)'\(DialectNode.guess(name, known.map(\.name))); there are "
        + "\(known.map(\.name).joined(separator: ", ")), or say {counter: http_requests_total, histogram: http_request_duration_seconds}")
  }

  private func labels(_ node: DialectNode, _ labels: inout Dialect.RequestFigures.Labels) throws(ConfigurationError) {
    let fields = try DialectFields(node, known: ["method", "route", "status"])
    if let method = fields["method"] { labels.method = try names(method, "method") }
    if let route = fields["route"] { labels.route = try names(route, "handler") }
    if let status = fields["status"] { labels.status = try names(status, "code") }
  }

  /// A label, several of which the first that a series has counts, or `none`.
  private func names(_ node: DialectNode, _ example: String) throws(ConfigurationError) -> [String] {
    if node.isNone { return [] }
    if node.single != nil { return [try node.text(example)] }
    var names: [String] = []
    for element in try node.elements() { names.append(try element.text(example)) }
    return names
  }

  /// How soon after its answer a request is counted.
  private func counted(_ node: DialectNode) throws(ConfigurationError) -> Duration? {
    if node.isNone { return nil }
    if node.single == "before_answer" { return .zero }
    do throws(ConfigurationError) { return try node.duration(zeroIsRight: false) } catch {
      throw node.refusal(
        "it is \(node.kind), and can be before_answer, a time after it within which every request is counted, as in 1s, or none")
    }
  }

  func selector(_ node: DialectNode, _ example: String) throws(ConfigurationError) -> Dialect.SeriesSelector {
    let text = try node.text(example)
    do throws(Dialect.SeriesSelector.BadSelector) { return try Dialect.SeriesSelector(text: text) } catch {
      throw node.refusal("'\(text)' is no selector of series, as in '\(example)': \(error)")
    }
  }
}
