import Shared

/// What a figure's name says that it is.
enum FigureName {
  struct Time: Equatable {
    var span: Dialect.Quantity.Span
    var unit: Duration
    var isAverage: Bool
    var isEstimate: Bool
  }

  /// A number of orders; `nil` where the name says something else, or more than that.
  static func count(_ name: NameWords) -> Dialect.Quantity? {
    let said = name.without(fillers)
    guard !said.words.isEmpty else {
      return name.has(["total", "count", "counts", "number", "all"]) || name.words == ["orders"] ? .total : nil
    }
    if said.words.allSatisfy({ totals.contains($0) }) { return .total }
    if said.words.count <= 2, unfinished.contains(said.joined) { return .counts([.pending, .processing]) }
    return StatusSynonyms.status(said).map { .count($0) }
  }

  private static let fillers: Set<ByteText> = NameWords.orders.subtracting(["requests", "work", "item", "items"]).union([
    "count", "counts", "total", "number", "num", "of", "by", "status", "statuses", "state", "states", "current", "currently", "the",
    "metrics", "stats", "figures", "data", "summary", "size", "length", "depth", "gauge", "counter", "app",
  ])
  private static let totals: Set<ByteText> = [
    "accepted", "received", "created", "submitted", "placed", "registered", "ever", "all", "overall", "lifetime", "incoming", "taken",
  ]
  private static let unfinished: Set<ByteText> = ["open", "unfinished", "outstanding", "inflight", "backlog"]

  /// A duration of orders; `nil` where the name says something else, such as a percentile or how long requests take.
  static func time(_ name: NameWords) -> Time? {
    guard let last = name.words.last, !name.has(others), !["at", "since", "created", "timestamp"].contains(last) else { return nil }
    let isAverage = name.has(["average", "avg", "mean"])
    let isEstimate = name.has(["estimated", "estimate", "eta", "expected", "remaining", "predicted"])
    let isProcessing = name.has(["processing", "process", "service", "execution", "handling", "executing"])
    let isCompletion = name.has(["completion", "complete", "turnaround", "fulfilment", "fulfillment", "lead", "cycle", "total", "lifetime"])
    guard name.has(times) || isAverage && (isProcessing || isCompletion) else { return nil }
    return Time(
      span: isCompletion ? .completion : .processing, unit: unit(name), isAverage: isAverage, isEstimate: isEstimate)
  }

  /// Which span a text describes; `nil` where it says neither.
  static func span(saidBy text: NameWords) -> Dialect.Quantity.Span? {
    let isFromCreation = text.has(["created", "creation", "submitted", "submission", "placed", "received", "accepted", "queue", "waiting"])
    let isFromStart = text.has(["started", "start", "begun", "begin", "picked"])
    return isFromCreation == isFromStart ? nil : isFromCreation ? .completion : .processing
  }

  private static let times: Set<ByteText> = [
    "time", "times", "duration", "durations", "latency", "seconds", "secs", "sec", "ms", "millis", "milliseconds", "msec", "us", "micros",
    "microseconds", "ns", "nanoseconds", "minutes", "eta",
  ]
  private static let others: Set<ByteText> = [
    "http", "request", "requests", "response", "uptime", "wait", "waiting", "queue", "queued", "start", "cpu", "gc", "max", "min", "median",
    "p50", "p90", "p95", "p99", "percentile", "quantile", "stddev", "last", "timeout", "interval", "created", "updated",
  ]

  private static func unit(_ name: NameWords) -> Duration {
    if name.has(["ms", "millis", "milliseconds", "msec"]) { return .milliseconds(1) }
    if name.has(["us", "micros", "microseconds"]) { return .microseconds(1) }
    if name.has(["ns", "nanoseconds"]) { return .nanoseconds(1) }
    return name.has(["minutes", "mins"]) ? .seconds(60) : .seconds(1)
  }
}
