import Shared
import Testing

@testable import LoadRun

@Suite("Figures about requests in Prometheus text")
struct RequestSeriesTests {
  private static let file = """
    create: {path: /orders, body: '{"n":{index}}', id: {body: id}}
    status: {path: "/orders/{id}", field: status, words: {completed: DONE}}
    cancel: {path: "/orders/{id}/cancel"}
    metrics:
      format: prometheus
      path: /orders/metrics
      requests: {counter: 'http_requests_total{job!="probe"}', histogram: http_seconds, unit: 1ms}
    """

  private func claims(_ text: String, _ file: String = Self.file, basePath: String = "") throws -> RequestClaims {
    let dialect = try DialectFile.read(file, path: "shop.yaml")
    let reader = SeriesReader(try #require(dialect.metrics), RequestRoutes(dialect, basePath: basePath))
    return try #require(try Array(text.utf8).withUnsafeBytes { try reader.claims($0, .text) }.requests)
  }

  private func route(_ kind: RequestKind) throws -> RequestRoutes.Subset {
    1 << RequestRoutes.Subset(try #require(RequestRoutes(try DialectFile.read(Self.file, path: "shop.yaml")).place(of: kind)))
  }

  @Test(
    "A route is found whatever a library calls the part that differs, with the base path or without it",
    arguments: [
      "/orders/{order_id}", "/orders/<int:id>", "/orders/:id", "orders/*", "/orders/17", "GET /orders/{id}", "/api/v1/orders/{id}",
    ])
  func routes(route: String) throws {
    let read = try claims("http_requests_total{method=\"GET\",handler=\"\(route)\",status=\"2xx\"} 3\n", basePath: "/api/v1")
    #expect(read.counter.counts == [RequestClaims.Key(routes: try self.route(.poll), status: .hundred(2)): 3], "\(read.counter)")
  }

  @Test("A path of its own comes before one with a slot; other methods and longer paths are other requests")
  func nearest() throws {
    let read = try claims(
      """
      http_requests_total{method="GET",path="/orders/metrics",code="200"} 5
      http_requests_total{method="PUT",path="/orders/1",code="200"} 6
      http_requests_total{method="GET",path="/orders/1/items",code="200"} 7
      http_requests_total{method="get",path="/orders/1",code="404"} 8
      http_requests_total{method="GET",path="/orders/2",code="404"} 9
      http_requests_total{method="GET",path="/orders/2",code="404",job="probe"} 9

      """)
    let expected: [RequestClaims.Key: Claim.Orders] = [
      RequestClaims.Key(routes: try route(.metrics), status: .code(200)): 5,
      RequestClaims.Key(routes: try route(.poll), status: .code(404)): 17,
    ]
    #expect(read.counter.counts == expected)
    #expect(read.counter.foreignRoutes == ["/orders/1", "/orders/1/items"], "one of them by another method")
  }

  @Test("A slash at the end makes another path, which may stand for all below it; a name without a slash is no path")
  func noPaths() throws {
    for route in ["/orders/", "orders", "create_order", "/"] {
      let read = try claims("http_requests_total{method=\"POST\",handler=\"\(route)\",status=\"201\"} 3\n")
      #expect(read.counter.counts.isEmpty && read.counter.foreignRoutes == [ByteText(route)], "\(route)")
    }
    let slashed = Self.file.replacing("path: /orders,", with: "path: /orders/,")
    let text = "http_requests_total{method=\"POST\",handler=\"/orders/\",status=\"201\"} 3\n"
    #expect(try claims(text, slashed).counter.counts.count == 1)
  }

  @Test("Several series of a quantile are told as such, and are no lie")
  func severalQuantiles() throws {
    let file = Self.file.replacing(Self.own, with: "figures: {completed: done, completion_quantile: {field: took, q: 0.5, over: all}}")
    let dialect = try DialectFile.read(file, path: "shop.yaml")
    let reader = SeriesReader(try #require(dialect.metrics), RequestRoutes(dialect))
    let text = "done 3\ntook{quantile=\"0.5\"} 1\ntook{quantile=\"0.9\"} 2\n"
    let read = try Array(text.utf8).withUnsafeBytes { try reader.claims($0, .text) }
    #expect(read[.quantile(.completion, 0.5)] == nil && read.unread(.quantile(.completion, 0.5)) == .several)
  }

  @Test("A histogram's sum and limits are in its unit; a series that stands twice, and a count that is none, are refused")
  func histogram() throws {
    let text = """
      http_seconds_bucket{method="POST",route="/orders",status="201",le="50"} 1
      http_seconds_bucket{method="POST",route="/orders",status="201",le="+Inf"} 2
      http_seconds_sum{method="POST",route="/orders",status="201"} 90
      http_seconds_count{method="POST",route="/orders",status="201"} 2

      """
    let read = try claims(text)
    let key = RequestClaims.Key(routes: try route(.create), status: .code(201))
    #expect(read.histogram.sums[key]?.map(\.value) == [0.09] && read.histogram.counts[key] == 2)
    #expect(read.histogram.buckets[key]?.map(\.limit) == [0.05, .infinity])
    #expect(throws: Failure.self) { try claims(text + text) }
    #expect(throws: Failure.self) {
      try claims(text.replacing("_count{method=\"POST\"", with: "_count{method=\"GET\"").replacing("} 2", with: "} NaN"))
    }
  }

  @Test("A library's name stands for its figures; each mistake is told in words that name the key")
  func files() throws {
    for (name, figures) in Dialect.RequestFigures.ofLibraries {
      let dialect = try DialectFile.read(Self.file.replacing(Self.own, with: "requests: \(name)"), path: "shop.yaml")
      #expect(dialect.metrics?.requests == figures)
      let again = try DialectFile.read(DialectWriter.text(dialect), path: "again.yaml")
      #expect(again.metrics == dialect.metrics, "\(name): \(DialectWriter.text(dialect))")
    }
    let more = try DialectFile.read(
      Self.file.replacing(
        Self.own,
        with: "requests: {like: promhttp, counted: 2s, duration: until_answer, labels: {route: [path, url], status: none}, histogram: none}"
      ),
      path: "shop.yaml")
    let requests = try #require(more.metrics?.requests)
    #expect(requests.countedWithin == .seconds(2) && requests.endsWithAnswer && requests.histogram == nil)
    #expect(requests.labels == Dialect.RequestFigures.Labels(method: ["method"], route: ["path", "url"], status: []))
    for (wrong, words) in [
      ("requests: promhtp", "did you mean 'promhttp'?"), ("requests: {unit: 1ms}", "neither 'counter' nor 'histogram'"),
      ("requests: {counter: 'a{', histogram: b}", "is no selector of series"),
      ("requests: {counter: a, counted: soon}", "can be before_answer"), ("requests: {counter: a, duration: 5}", "can be until_answer"),
      ("requests: {counter: a, labels: {verb: b}}", "there is no such key"),
    ] {
      let error = #expect(throws: (any Error).self) { try DialectFile.read(Self.file.replacing(Self.own, with: wrong), path: "shop.yaml") }
      #expect(
        "\(error.map { "\($0)" } ?? "")".contains(words) && "\(error.map { "\($0)" } ?? "")".contains("requests"),
        "\(wrong): \(String(describing: error))")
    }
    let json = Self.file.replacing("format: prometheus", with: "figures: {total: all}")
    let error = #expect(throws: (any Error).self) { try DialectFile.read(json, path: "shop.yaml") }
    #expect("\(error.map { "\($0)" } ?? "")".contains("say 'format: prometheus'"))
  }

  private static let own = "requests: {counter: 'http_requests_total{job!=\"probe\"}', histogram: http_seconds, unit: 1ms}"
}
