import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// Answers readings of the figures otherwise than by what they are.
protocol FigureTeller: Sendable {
  /// - Parameter figures: as they are.
  /// - Throws: `APIError` where the answer is to be an error.
  func answer(_ figures: Figures, _ form: MetricsRoutes.Form) async throws -> Response
}

/// What the server says about itself, over all orders and about single ones.
struct MetricsRoutes: Sendable {
  let format: APIFormat
  let orders: OrderService
  /// The mean of the service time, with `--time-scale` applied.
  let meanServiceTime: Duration
  /// When the process started.
  let startedAt: Timestamp
  /// The requests that it has answered since.
  let requests: RequestTallies
  /// Answers readings in the place of the truth; `nil`: the truth is told.
  var liar: (any FigureTeller)?

  func add(to routes: inout Routes) {
    if let write = format.metrics {
      routes.get("/metrics", metricsOperation(write)) { request, _ in
        try await answer(wantsPrometheus(request) ? prometheus : .document(write))
      }
    }
    if let write = format.orderMetrics {
      routes.get("/metrics/{id}", orderMetricsOperation(write)) { _, context in
        Response(.ok, write(try await orders.order(context.orderID(format))))
      }
    }
    routes.get("/metrics/prometheus", prometheusOperation) { _, _ in try await answer(prometheus) }
  }

  /// With the requests that have been answered by now. The orders are read after them, so that none lacks whose create is among them.
  private var prometheus: Form {
    let counts = requests.all
    return .prometheus(
      ServerFigures(
        ordersBeganAt: orders.beganAt, startedAt: startedAt, requests: counts.durations, requestsInMilliseconds: counts.inMilliseconds))
  }

  private func figures() async throws -> Figures {
    Figures(tallies: try await orders.tallies(), meanServiceTime: meanServiceTime)
  }

  private func answer(_ form: Form) async throws -> Response {
    let figures = try await figures()
    return if let liar { try await liar.answer(figures, form) } else { form.answer(figures) }
  }

  /// How figures are written.
  enum Form: Sendable {
    case document(Page<Figures>)
    case prometheus(ServerFigures)

    /// The value of `Content-Type`.
    var type: String {
      switch self {
      case .document: "application/json"
      case .prometheus: PrometheusText.type
      }
    }

    func answer(_ figures: Figures) -> Response {
      switch self {
      case .document(let write): return Response(.ok, write(figures))
      case .prometheus(let server):
        let text = ByteBuffer(string: PrometheusText(figures, server).description)
        return Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: text))
      }
    }
  }

  /// Whether one of the accepted types is Prometheus's text format in the version that is written here, 0.0.4.
  private func wantsPrometheus(_ request: Request) -> Bool {
    request.headers[values: .accept].joined(separator: ",").parts(between: ",").contains { type in
      let parts = type.parts(between: ";").map { $0.parts(between: " ").joined() }
      return parts.first?.isSameWord(as: "text/plain") == true && parts.dropFirst().contains { $0.isSameWord(as: "version=0.0.4") }
    }
  }
}
