import Shared

/// The paths of metrics in the API's description.
extension MetricsRoutes {
  func metricsOperation(_ page: Page<Figures>) -> Operation {
    Operation(
      id: "showMetrics", topic: .metrics, summary: "Counts and averages",
      detail: "All figures are of one instant. As Prometheus text where the request accepts text/plain; version=0.0.4.",
      outcomes: [
        Operation.Outcome(
          detail: "The figures.", contents: [Operation.Content(schema: page.schema, example: page(samples.figures)), prometheusContent])
      ],
      errors: APIError.ofStores)
  }

  func orderMetricsOperation(_ page: Page<Order>) -> Operation {
    Operation(
      id: "showOrderMetrics", topic: .metrics, summary: "Show an order's times", parameters: [.orderID(format)],
      outcomes: [
        Operation.Outcome(
          detail: "As they are now.", contents: [Operation.Content(schema: page.schema, example: page(samples.order(.completed)))])
      ],
      errors: [.unknownOrder("no-such-order")] + APIError.ofStores)
  }

  var prometheusOperation: Operation {
    Operation(
      id: "showPrometheusMetrics", topic: .metrics, summary: "Counts and sums as Prometheus text",
      outcomes: [Operation.Outcome(detail: "The figures.", contents: [prometheusContent])], errors: APIError.ofStores)
  }

  private var prometheusContent: Operation.Content {
    Operation.Content(
      type: PrometheusText.type, schema: .plain(["type": "string"]),
      example: .string(PrometheusText(samples.figures, samples.serverFigures).description))
  }

  private var samples: Samples { Samples(format) }
}
