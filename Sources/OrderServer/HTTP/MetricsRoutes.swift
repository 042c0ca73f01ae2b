import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// What the server says about itself, over all orders and about single ones.
struct MetricsRoutes: Sendable {
  let format: APIFormat
  let orders: OrderService
  /// The mean of the service time, with `--time-scale` applied.
  let meanServiceTime: Duration

  func add(to routes: inout Routes) {
    if let write = format.metrics {
      routes.get("/metrics", metricsOperation(write)) { request, _ in
        let figures = try await figures()
        return wantsPrometheus(request) ? prometheus(figures) : Response(.ok, write(figures))
      }
    }
    if let write = format.orderMetrics {
      routes.get("/metrics/{id}", orderMetricsOperation(write)) { _, context in
        Response(.ok, write(try await orders.order(context.orderID(format))))
      }
    }
    routes.get("/metrics/prometheus", prometheusOperation) { _, _ in prometheus(try await figures()) }
  }

  private func figures() async throws -> Figures {
    Figures(tallies: try await orders.tallies(), meanServiceTime: meanServiceTime)
  }

  private func prometheus(_ figures: Figures) -> Response {
    let text = PrometheusText(figures).description
    return Response(status: .ok, headers: [.contentType: PrometheusText.type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// Whether one of the accepted types is Prometheus's text format in the version that is written here, 0.0.4.
  private func wantsPrometheus(_ request: Request) -> Bool {
    request.headers[values: .accept].joined(separator: ",").parts(between: ",").contains { type in
      let parts = type.parts(between: ";").map { $0.parts(between: " ").joined() }
      return parts.first?.isSameWord(as: "text/plain") == true && parts.dropFirst().contains { $0.isSameWord(as: "version=0.0.4") }
    }
  }
}
