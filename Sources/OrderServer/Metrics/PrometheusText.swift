import Shared

/// The figures in Prometheus's text format, version 0.0.4.
struct PrometheusText: CustomStringConvertible {
  /// The value of `Content-Type`.
  static let type = "text/plain; version=0.0.4; charset=utf-8"

  private let figures: Figures
  private let server: ServerFigures

  init(_ figures: Figures, _ server: ServerFigures) {
    self.figures = figures
    self.server = server
  }

  var description: String {
    let tallies = figures.tallies
    var text = PrometheusFamily("orders", .gauge, "Orders by their status now.").text
    for status in OrderStatus.allCases { text += "orders{status=\"\(status.rawValue)\"} \(tallies[status])\n" }
    let accepted = PrometheusFamily("orders_accepted_total", .counter, "Orders that were ever accepted.")
    text += accepted.text + "\(accepted.name) \(tallies.total)\n" + accepted.created(server.ordersBeganAt)
    text += histogram(.processing, "Started to completed, of the completed orders.")
    text += histogram(.completion, "Created to completed, of the completed orders.")
    let estimate = PrometheusFamily(
      "orders_estimated_processing_seconds", .gauge, "Mean service time times the orders that have not ended.")
    text += estimate.text + "\(estimate.name) \(figures.estimate)\n"
    text += requests
    let start = PrometheusFamily("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.")
    return text + start.text + "\(start.name) \(server.startedAt.secondsSince1970)\n"
  }

  // MARK: Orders

  private func histogram(_ span: Dialect.Quantity.Span, _ help: String) -> String {
    let family = PrometheusFamily(Self.histogram(span), .histogram, help)
    let (name, tally, completed) = (family.name, figures.tallies[times: span], figures.tallies[.completed])
    var text = family.text
    for (place, count) in tally.counts.enumerated() { text += "\(Self.bucket(span, place)) \(count)\n" }
    text += "\(Self.lastBucket(span)) \(completed)\n"
    text += "\(name)_sum \(Double(tally.sum) / 1e6)\n\(name)_count \(completed)\n"
    return text + family.created(server.ordersBeganAt)
  }

  static func histogram(_ span: Dialect.Quantity.Span) -> String { "order_\(span.rawValue)_seconds" }

  /// - Parameter place: among `DurationTally.limits`.
  static func bucket(_ span: Dialect.Quantity.Span, _ place: Int) -> String {
    "\(histogram(span))_bucket{le=\"\(Double(DurationTally.limits[place]) / 1e6)\"}"
  }

  /// The bucket without a limit.
  static func lastBucket(_ span: Dialect.Quantity.Span) -> String { "\(histogram(span))_bucket{le=\"+Inf\"}" }

  // MARK: Requests

  private var requests: String {
    let kinds = server.requests.map { (labels: $0.labels, durations: $1) }.sorted { $0.labels < $1.labels }
    let labels = kinds.map(\.labels)
    let total = PrometheusFamily("http_requests_total", .counter, "Requests that were answered.")
    var text = total.text
    for kind in kinds { text += "\(total.name){\(kind.labels)} \(kind.durations.count)\n" }
    text += total.created(server.startedAt, of: labels)
    let duration = PrometheusFamily(
      "http_request_duration_seconds", .histogram, "From a request's head to its answer's first byte.")
    text += duration.text
    for kind in kinds { text += Self.samples(duration.name, kind.labels, kind.durations) }
    return text + duration.created(server.startedAt, of: labels)
  }

  private static func samples(_ name: String, _ labels: String, _ durations: RequestDurations) -> String {
    var text = ""
    for (limit, count) in zip(RequestDurations.limits, durations.cumulativeCounts) {
      text += "\(name)_bucket{\(labels),le=\"\(limit.seconds)\"} \(count)\n"
    }
    text += "\(name)_bucket{\(labels),le=\"+Inf\"} \(durations.count)\n"
    return text + "\(name)_sum{\(labels)} \(durations.sum.seconds)\n\(name)_count{\(labels)} \(durations.count)\n"
  }
}

extension RequestKind {
  /// The labels of its series. None of them holds a character that would have to be escaped.
  fileprivate var labels: String { "method=\"\(method)\",route=\"\(route)\",status=\"\(status)\"" }
}
