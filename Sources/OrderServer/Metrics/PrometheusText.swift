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
    text += summary("order_processing_seconds", "Started to completed, over the completed orders.", tallies.processing)
    text += summary("order_completion_seconds", "Created to completed, over the completed orders.", tallies.completion)
    text += family("orders_estimated_processing_seconds", "gauge", "Mean service time times the orders that have not ended.")
    text += "orders_estimated_processing_seconds \(figures.estimate)\n"
    return text
  }

  private func summary(_ name: String, _ help: String, _ microseconds: Int64) -> String {
    family(name, "summary", help) + "\(name)_sum \(Double(microseconds) / 1e6)\n\(name)_count \(figures.tallies[.completed])\n"
  }

  private func family(_ name: String, _ type: String, _ help: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }
}
