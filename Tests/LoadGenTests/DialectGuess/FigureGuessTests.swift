import Shared
import Testing

@testable import LoadRun

@Suite("Guessing figures")
struct FigureGuessTests {
  private func guess(_ text: String) throws -> Dialect.Metrics? {
    var evidence = TargetEvidence()
    let bytes = Array(text.utf8)
    if let document = try? JSONTree(bytes) {
      evidence.figures = [TargetEvidence.Figures(path: "/metrics", content: .json(document))]
    } else {
      evidence.figures = [TargetEvidence.Figures(path: "/metrics", content: .series(try #require(SeriesSeen(bytes))))]
    }
    let file = GuessedFile(evidence)
    return try DialectFile.read(file.text, path: "x.yaml").metrics
  }

  @Test(
    "A figure is known by its name, whatever way names are written",
    arguments: [
      ("total_orders", "total"), ("orders_total", "total"), ("totalOrders", "total"), ("total", "total"), ("orderCount", "total"),
      ("orders_received", "total"), ("acceptedOrders", "total"), ("pending_orders", "pending"), ("orders.queued", "pending"),
      ("counts.IN_PROGRESS", "processing"), ("status_counts.completed_orders", "completed"), ("ordersDone", "completed"),
      ("order_status_counts.Cancelled", "cancelled"), ("failed", "failed"), ("open_orders", "pending+processing"),
      ("avg_processing_time", "average_processing"), ("averageCompletionTime", "average_completion"),
      ("mean_turnaround_seconds", "average_completion"), ("estimated_processing_time", "estimate"),
    ])
  func names(path: String, key: String) throws {
    let keys = path.parts(between: ".").map(String.init)
    let text = keys.reversed().reduce("3") { #"{"\#($1)":\#($0)}"# }
    #expect(try guess(text)?.figures.map(\.quantity.fileKey) == [key])
  }

  @Test(
    "What is something else is no figure",
    arguments: [
      "uptime_seconds", "requests_total", "completed_today", "max_processing_time", "processing_time_p95", "active_connections",
      "revenue_total",
      "created_at", "avg_response_time", "items_total", "queue_wait_time", "memory.total", "total_processing_time",
    ])
  func others(path: String) throws {
    let text = path.parts(between: ".").map(String.init).reversed().reduce("3") { #"{"\#($1)":\#($0)}"# }
    #expect(try guess(text) == nil)
  }

  @Test("Units follow from the ends of names")
  func units() throws {
    let figures = try #require(try guess(#"{"avg_processing_time_ms":1,"average_completion_us":2}"#)).figures
    #expect(figures.map(\.unit) == [.milliseconds(1), .microseconds(1)])
  }

  @Test(
    "Prometheus text is understood as its libraries write it: counters, gauges, histograms and summaries, and never when a counter came to be"
  )
  func prometheus() throws {
    let text = """
      # TYPE process_cpu_seconds_total counter
      process_cpu_seconds_total 1.0
      # TYPE http_requests_total counter
      http_requests_total{handler="/orders",status="2xx"} 3.0
      # TYPE orders_accepted_total counter
      orders_accepted_total 0.0
      # TYPE orders_accepted_created gauge
      orders_accepted_created 1.79e+09
      # TYPE orders_total counter
      orders_total{status="completed"} 0.0
      orders_total{status="failed"} 0.0
      # TYPE orders_created gauge
      orders_created{status="completed"} 1.79e+09
      # TYPE orders_open gauge
      orders_open{state="pending"} 0.0
      orders_open{state="processing"} 0.0
      # TYPE order_completion_milliseconds histogram
      order_completion_milliseconds_bucket{le="+Inf"} 0.0
      order_completion_milliseconds_count 0.0
      order_completion_milliseconds_sum 0.0
      # TYPE order_processing_seconds summary
      order_processing_seconds_count 0.0
      order_processing_seconds_sum 0.0

      """
    let metrics = try #require(try guess(text))
    #expect(metrics.source == .prometheus(Dialect.Request("GET", "/metrics")))
    let told = metrics.figures.filter { !$0.isOfHistogram }.map { "\($0.quantity.fileKey): \($0.series[0]) \($0.unit.text)" }
    #expect(
      told.sorted() == [
        #"completed: orders_total{status="completed"} 1s"#, "completion_histogram: order_completion_milliseconds 1ms",
        #"failed: orders_total{status="failed"} 1s"#, #"pending: orders_open{state="pending"} 1s"#,
        #"processing: orders_open{state="processing"} 1s"#, "processing_histogram: order_processing_seconds 1s",
        "total: orders_accepted_total 1s",
      ])
  }

  @Test("A counter tells of no status that orders leave again, and a gauge does")
  func counters() throws {
    let counter = try guess("# TYPE orders_total counter\norders_total{status=\"pending\"} 1\norders_total{status=\"created\"} 1\n")
    #expect(counter?.figures.map(\.quantity) == [.total])
    let gauge = try guess("# TYPE orders gauge\norders{status=\"pending\"} 1\norders{status=\"done\"} 1\n")
    #expect(gauge?.figures.map(\.quantity) == [.count(.pending), .count(.completed)])
  }

  @Test("What a description says of a mean decides between the two spans")
  func described() throws {
    var evidence = try Descriptions.evidence(
      #"""
      {"openapi":"3.1.0","paths":{"/metrics":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{
       "average_processing_time":{"type":"number","description":"From when it is created until it is completed."},
       "failed_orders":{"type":"integer"},"total_orders":{"type":"integer"}}}}}}}}}}}
      """#)
    let document = try JSONTree(Array(#"{"average_processing_time":0.5,"total_orders":2}"#.utf8))
    evidence.figures = [TargetEvidence.Figures(path: "/metrics", content: .json(document))]
    let guess = DialectGuesser.guess(evidence)
    #expect(
      guess.dialect.metrics?.figures == [
        Dialect.Figure(.total, at: "total_orders"), Dialect.Figure(.count(.failed), at: "failed_orders", missingIsZero: true),
        Dialect.Figure(.average(.completion), at: "average_processing_time"),
      ])
    #expect(!guess.openKeys.contains { $0.contains("average") })
  }
}
