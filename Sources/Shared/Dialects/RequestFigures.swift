extension Dialect {
  /// What a server says in Prometheus text of the requests that it has answered: how many, by method, route and status, and how long they took.
  public struct RequestFigures: Sendable, Hashable {
    /// A counter of requests; `nil` where there is none.
    public var counter: SeriesSelector?
    /// A histogram or a summary of their durations, without `_bucket`, `_sum` and `_count`; `nil` where there is none.
    public var histogram: SeriesSelector?
    /// What a duration of 1 stands for.
    public var unit: Duration
    public var labels: Labels
    /// How long after its answer has been received a request is counted at the latest; `nil`: it may be counted at any time, or never.
    public var countedWithin: Duration?
    /// Whether a request's duration is over once its answer has been received. Some servers count what they do afterwards, too.
    public var endsWithAnswer: Bool

    public init(
      counter: SeriesSelector? = nil, histogram: SeriesSelector? = nil, unit: Duration = .seconds(1), labels: Labels = Labels(),
      countedWithin: Duration? = nil, endsWithAnswer: Bool = false
    ) {
      self.counter = counter
      self.histogram = histogram
      self.unit = unit
      self.labels = labels
      self.countedWithin = countedWithin
      self.endsWithAnswer = endsWithAnswer
    }

    /// The names of the labels that tell requests apart: the first of several that a series has counts.
    public struct Labels: Sendable, Hashable {
      public var method: [String]
      public var route: [String]
      public var status: [String]

      public init(method: [String] = Self.usualMethod, route: [String] = Self.usualRoute, status: [String] = Self.usualStatus) {
        self.method = method
        self.route = route
        self.status = status
      }

      public static let usualMethod = ["method", "http_method", "http_request_method", "verb"]
      public static let usualRoute = ["route", "handler", "url_rule", "http_route", "uri", "path", "endpoint"]
      public static let usualStatus = ["status", "status_code", "code", "http_status_code", "http_response_status_code"]
    }
  }
}

extension Dialect.RequestFigures {
  /// Those of libraries that many services use, by the library's name.
  public static let ofLibraries: [(name: String, figures: Self)] = [
    (
      "prometheus_flask_exporter",
      Self(
        counter: Dialect.SeriesSelector("flask_http_request_total"),
        histogram: Dialect.SeriesSelector("flask_http_request_duration_seconds"),
        labels: Labels(method: ["method"], route: ["url_rule", "path"], status: ["status"]), countedWithin: .zero, endsWithAnswer: true)
    ),
    // Both count a request once what is done in the background after its answer is over; only the former's durations have that in them.
    (
      "prometheus_fastapi_instrumentator",
      Self(
        counter: Dialect.SeriesSelector("http_requests_total"), histogram: Dialect.SeriesSelector("http_request_duration_seconds"),
        labels: Labels(method: ["method"], route: ["handler"], status: ["status"]))
    ),
    (
      "starlette_exporter",
      Self(
        counter: Dialect.SeriesSelector("starlette_requests_total"),
        histogram: Dialect.SeriesSelector("starlette_request_duration_seconds"),
        labels: Labels(method: ["method"], route: ["path"], status: ["status_code"]), endsWithAnswer: true)
    ),
    // Of Spring's Micrometer, whose observation ends after the answer may have been sent.
    (
      "micrometer",
      Self(
        histogram: Dialect.SeriesSelector("http_server_requests_seconds"),
        labels: Labels(method: ["method"], route: ["uri"], status: ["status"]))
    ),
    // Of Go's promhttp.InstrumentHandler…, under the names of its own examples: a large answer is sent before its handler returns.
    (
      "promhttp",
      Self(
        counter: Dialect.SeriesSelector("http_requests_total"), histogram: Dialect.SeriesSelector("http_request_duration_seconds"),
        labels: Labels(method: ["method"], route: ["handler"], status: ["code"]))
    ),
    (
      "opentelemetry",
      Self(
        histogram: Dialect.SeriesSelector("http_server_request_duration_seconds"),
        labels: Labels(method: ["http_request_method"], route: ["http_route"], status: ["http_response_status_code"]))
    ),
    (
      "order_server",
      Self(
        counter: Dialect.SeriesSelector("http_requests_total"), histogram: Dialect.SeriesSelector("http_request_duration_seconds"),
        labels: Labels(method: ["method"], route: ["route"], status: ["status"]), countedWithin: .zero, endsWithAnswer: true)
    ),
  ]
}
