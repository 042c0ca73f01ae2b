import Shared

/// The figures in Prometheus's text format, version 0.0.4.
struct PrometheusText: CustomStringConvertible {
  /// The value of `Content-Type`.
  static let type = "text/plain; version=0.0.4; charset=utf-8"

  private let figures: Figures

  init(_ figures: Figures) {
    self.figures = figures
  }

  var description: String {
    let tallies = figures.tallies
    var text = family("orders", "gauge", "Orders by their status now.")
    for status in OrderStatus.allCases { text += "orders{status=\"\(status.rawValue)\"} \(tallies[status])\n" }
    text += family("orders_accepted_total", "counter", "Orders that were ever accepted.")
    text += "orders_accepted_total \(tallies.total)\n"
    text += histogram(.processing, "Started to completed, of the completed orders.")
    text += histogram(.completion, "Created to completed, of the completed orders.")
    text += family("orders_estimated_processing_seconds", "gauge", "Mean service time times the orders that have not ended.")
    text += "orders_estimated_processing_seconds \(figures.estimate)\n"
    return text
  }

  private func histogram(_ span: Dialect.Quantity.Span, _ help: String) -> String {
    let (name, tally, completed) = (Self.histogram(span), figures.tallies[times: span], figures.tallies[.completed])
    var text = family(name, "histogram", help)
    for (place, count) in tally.counts.enumerated() { text += "\(Self.bucket(span, place)) \(count)\n" }
    text += "\(Self.lastBucket(span)) \(completed)\n"
    text += "\(name)_sum \(Double(tally.sum) / 1e6)\n\(name)_count \(completed)\n"
    return text
  }

  static func histogram(_ span: Dialect.Quantity.Span) -> String { "order_\(span.rawValue)_seconds" }

  /// - Parameter place: among `DurationTally.limits`.
  static func bucket(_ span: Dialect.Quantity.Span, _ place: Int) -> String {
    "\(histogram(span))_bucket{le=\"\(Double(DurationTally.limits[place]) / 1e6)\"}"
  }

  /// The bucket without a limit.
  static func lastBucket(_ span: Dialect.Quantity.Span) -> String { "\(histogram(span))_bucket{le=\"+Inf\"}" }

  private func family(_ name: String, _ type: String, _ help: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }
}
