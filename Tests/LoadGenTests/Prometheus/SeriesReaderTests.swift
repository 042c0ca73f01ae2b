import Shared
import Testing

@testable import LoadRun

@Suite("Figures from Prometheus text")
struct SeriesReaderTests {
  private static let file = """
    create: {path: /orders, body: '{"n":{index}}', id: {body: id}}
    status: {path: "/orders/{id}", field: status, words: {completed: DONE}}
    metrics:
      format: prometheus
      path: /metrics
      figures:
        total: orders_total
        completed: 'orders_total{status=~"done|sent"}'
        failed: {field: 'orders_total{status="failed"}', missing: 0}
        pending+processing: {sum: [open, 'busy{kind!="none"}']}
        completion_histogram: {field: order_seconds, unit: 1ms}
    """

  private func claims(_ text: String, _ format: PrometheusScanner.Format = .text) throws -> Claims {
    let dialect = try DialectFile.read(Self.file, path: "shop.yaml")
    return try Array(text.utf8).withUnsafeBytes { try SeriesReader(#require(dialect.metrics), RequestRoutes(dialect)).claims($0, format) }
  }

  private static let text = """
    # HELP orders_total All of them.
    # TYPE orders_total counter
    orders_total{status="done",shop="a"} 3
    orders_total{status="done",shop="b"} 4.0
    orders_total{status="sent"} 1e1
    orders_total{status="failed"} 2 1700000000000
    # TYPE open gauge
    open 5
    # TYPE busy gauge
    busy{kind="none"} 100
    busy 1
    # TYPE order_seconds histogram
    order_seconds_bucket{le="+Inf"} 17
    order_seconds_bucket{le="250"} 9
    order_seconds_bucket{le="500"} 12
    order_seconds_sum 8500
    order_seconds_count 17
    process_start_time_seconds 1.7e9

    """

  @Test("A figure is the sum of all series that its selector matches; a histogram has a mean, and buckets in order, in its unit")
  func reads() throws {
    let read = try claims(Self.text)
    #expect(read[.total]?.orders == 19...19 && read[.count(.completed)]?.orders == 17...17 && read[.count(.failed)]?.orders == 2...2)
    #expect(read[.counts([.pending, .processing])]?.orders == 6...6)
    #expect(read[.average(.completion)]?.value == 0.5)
    let buckets = read.buckets[.histogram(.completion)] ?? []
    #expect(buckets.map(\.limit) == [0.25, 0.5, .infinity] && buckets.map(\.count.orders.lowerBound) == [9, 12, 17])
    #expect(buckets.map(\.text) == ["250", "500", "+Inf"])
    #expect(read.start(of: .total) == "1.7e9" && read.start(of: .counts([.pending, .processing])) == nil, "gauges begin nowhere")
  }

  @Test("What is not there: 0 where the metric is, or where the dialect says so; otherwise nothing is claimed")
  func missing() throws {
    let some = try claims("# TYPE orders_total counter\nopen 1\nbusy 0\n")
    #expect(some[.total]?.orders == 0...0 && some[.count(.completed)]?.orders == 0...0 && some[.count(.failed)]?.orders == 0...0)
    #expect(some.unread(.average(.completion)) == .nothing && some.unread(.histogram(.completion)) == .nothing)
    let none = try claims("other 1\n")
    #expect(none.isEmpty && none.lacks != nil && none[.count(.failed)]?.orders == 0...0)
    let empty = try claims("# TYPE order_seconds histogram\norder_seconds_sum 0\norder_seconds_count 0\n")
    #expect(empty.unread(.average(.completion)) == .null && empty.buckets[.histogram(.completion)] == [])
    #expect(try claims("open NaN\nbusy 1\n").unread(.counts([.pending, .processing])) == .noNumber)
  }

  @Test("A counter of its own age has that age, and not the process's")
  func created() throws {
    let read = try claims(Self.text.replacing("# TYPE open", with: "orders_created{status=\"done\"} 1.6e9\n# TYPE open"))
    #expect(read.start(of: .total) == "1.6e9" && read.start(of: .count(.failed)) == "1.7e9")
  }

  @Test("A series that is added later is no new beginning of the counter that it is a part of; another process is")
  func laterSeries() throws {
    func scrape(_ second: Int64, _ text: String) throws -> Scrape {
      Scrape(
        window: ScrapeWindow(sent: Instant(second * 10), received: Instant(second * 10 + 1)),
        claims: try claims("# TYPE orders_total counter\n\(text)"))
    }
    let process = "process_start_time_seconds 1.5e9\n"
    let done = "orders_total{status=\"done\"} 3\norders_created{status=\"done\"} 1.6e9\n"
    let failed = "orders_total{status=\"failed\"} 1\norders_created{status=\"failed\"} 1.7e9\n"
    for beginning in [process, ""] {
      let scrapes = try ["", done, done + failed].enumerated().map { try scrape(Int64($0), beginning + $1) }
      #expect(Restarts(scrapes).of(.total).allSatisfy { $0 == nil }, "\(beginning)")
    }
    let later = "process_start_time_seconds 1.9e9\norders_total{status=\"done\"} 1\norders_created{status=\"done\"} 1.95e9\n"
    let anew = try [process, process + done, later].enumerated().map { try scrape(Int64($0), $1) }
    #expect(Restarts(anew).of(.total).map { $0?.first } == [nil, nil, 2])
    let kept = try [process + done, "process_start_time_seconds 1.9e9\n" + done].enumerated().map { try scrape(Int64($0), $1) }
    #expect(Restarts(kept).of(.total).allSatisfy { $0 == nil }, "what is kept over a restart goes on")
  }

  @Test(
    "A text that cannot be relied on is no figure: broken, cut short, or with one series twice",
    arguments: [
      ("orders_total{status=\"done\" 3\n", "line 1 should have ',' or '}'"), ("orders_total 3x\n", "a number"),
      ("orders_total{a=\"1\",b=\"2\"} 3\norders_total{b=\"2\",a=\"1\"} 4\n", "stands in them twice"),
      ("order_seconds_bucket{le=\"x\"} 1\n", "no limit 'le'"), ("{\"status\":\"ok\"}", "line 1"),
    ])
  func broken(text: String, words: String) {
    let error = #expect(throws: Failure.self) { try claims(text) }
    #expect(error?.example.contains(words) ?? false, "\(error?.example ?? "")")
    #expect(throws: Failure.self) { try claims("orders_total 3\n", .openMetrics) }
  }
}
