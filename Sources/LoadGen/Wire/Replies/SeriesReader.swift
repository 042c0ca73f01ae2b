import Shared

/// Reads the target's figures about itself from Prometheus text.
struct SeriesReader: Sendable {
  private let figures: [Dialect.Figure]
  private let wanted: [Wanted]
  /// What is looked for of requests.
  private let requests: RequestSeries?

  /// A metric that a figure is looked for in.
  fileprivate struct Wanted: Sendable {
    /// The place of the figure; `nil` for the process's start.
    let figure: Int?
    let part: Part
    /// What a printed 1 stands for, of times.
    let unit: Duration
    let name: [UInt8]
    let matchers: SeriesMatchers

    init(_ series: Dialect.SeriesSelector, _ part: Part, of figure: Int?, in unit: Duration = .seconds(1)) {
      self.figure = figure
      self.part = part
      self.unit = unit
      name = Array(series.name.utf8)
      matchers = SeriesMatchers(series)
    }
  }

  /// What a series is of its figure.
  fileprivate enum Part { case number, count, bucket, created }

  /// The value of `Accept`: the text that people see who look at it themselves, before OpenMetrics, in which counters may have other names.
  static let accepted = "text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0;q=0.5, */*;q=0.1"

  /// The most limits of one histogram, and the most series that one figure is the sum of.
  static let mostBuckets = 1_000
  static let mostSeries = 100_000

  /// - Parameter routes: of the requests that a run sends.
  init(_ metrics: Dialect.Metrics, _ routes: RequestRoutes) {
    let figures = metrics.figures
    self.figures = figures
    requests = metrics.requests.map { RequestSeries($0, routes) }
    var wanted = [Wanted(Dialect.SeriesSelector("process_start_time_seconds"), .number, of: nil)]
    for (place, figure) in figures.enumerated() {
      switch figure.quantity {
      case .histogram: wanted += figure.series.map { Wanted($0.named($0.name + "_bucket"), .bucket, of: place, in: figure.unit) }
      case .average where figure.isOfHistogram:
        wanted += zip(figure.series, [Part.number, .count]).map { Wanted($0, $1, of: place, in: $1 == .number ? figure.unit : .seconds(1)) }
      default: wanted += figure.series.map { Wanted($0, .number, of: place, in: figure.unit) }
      }
      wanted += figure.series.map { Wanted($0.named(Self.family($0.name) + "_created"), .created, of: place) }
    }
    self.wanted = wanted
  }

  /// A counter's name as it is without the endings of its lines.
  private static func family(_ name: String) -> String {
    for ending in ["_total", "_sum", "_count"] where name.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  /// The figures that the text has, and what it has in place of the others. A figure of which there is no series counts as 0 where the text has
  /// its metric with other labels, or says what type it is, or where the dialect says so.
  /// - Throws: `Failure` if it is no Prometheus text, or if one series stands in it twice.
  func claims(_ bytes: UnsafeRawBufferPointer, _ format: PrometheusScanner.Format) throws(Failure) -> Claims {
    var found = Found(wanted, requests)
    do throws(BadPrometheusText) { try PrometheusScanner.scan(bytes, as: format, &found) } catch {
      throw Failure(.badResponse, "the metrics are not Prometheus text: \(error)")
    }
    if let fault = found.fault ?? found.requests?.fault { throw Failure(.badResponse, "the metrics are not as they should be: \(fault)") }
    var claims: Claims = [:]
    var wasFound = false
    for (place, figure) in figures.enumerated() {
      let own = wanted.indices.filter { wanted[$0].figure == place }
      let parts = own.filter { wanted[$0].part != .created }.map { found.parts[$0] }
      if parts.contains(where: \.isCounter) {
        // A series that is added later is no new beginning, so that the earliest counts.
        let created = own.filter { wanted[$0].part == .created }.flatMap { found.parts[$0].numbers }
        claims.isCounter(figure.quantity, since: created.min { $0.value < $1.value }?.text)
      }
      if parts.contains(where: \.isThere) { wasFound = true }
      Self.claim(figure, parts, &claims)
    }
    claims.started = wanted.indices.first { wanted[$0].figure == nil }.flatMap { found.parts[$0].numbers.first?.text }
    claims.requests = found.requests?.finish()
    if claims.requests.map({ $0.counter.isThere || $0.histogram.isThere }) ?? false { wasFound = true }
    if !wasFound { claims.lacks = searched.prefix(3).joined(separator: ", ") }
    return claims
  }

  /// The names of what is looked for.
  private var searched: [String] { figures.map(\.name) + (requests?.names ?? []) }

  private static func claim(_ figure: Dialect.Figure, _ parts: [Found.Part], _ claims: inout Claims) {
    guard parts.allSatisfy({ $0.isThere || figure.missingIsZero }) else { return claims.hasNoNumber(figure.quantity, but: .nothing) }
    guard !parts.contains(where: \.hasNoNumber) else { return claims.hasNoNumber(figure.quantity, but: .noNumber) }
    if case .histogram = figure.quantity {
      claims.set(figure.quantity, parts.flatMap(\.buckets))
    } else if figure.isOfHistogram, case .average = figure.quantity {
      guard let sum = parts.first?.sum, let count = parts.last?.sum, count.value > 0 else {
        return claims.hasNoNumber(figure.quantity, but: .null)
      }
      claims[figure.quantity] = Claim(sum, over: count.value)
    } else if figure.quantity.isDuration {
      // Several times are no time: the selector must match one.
      let numbers = parts.flatMap(\.numbers)
      if let number = numbers.first, numbers.count == 1 {
        claims[figure.quantity] = number
      } else {
        claims.hasNoNumber(figure.quantity, but: numbers.isEmpty ? .nothing : .several)
      }
    } else {
      let numbers = parts.flatMap(\.numbers)
      if numbers.isEmpty { claims.unmatched.insert(figure.quantity) }
      claims[figure.quantity] = numbers.count == 1 ? numbers[0] : Claim(sum: numbers.reduce(0) { $0 + $1.orders.lowerBound })
    }
  }
}

/// What of the wanted series was found so far.
private struct Found: PrometheusVisitor {
  struct Part {
    /// Whether the metric is there at all, with whatever labels.
    var isThere = false
    var numbers: [Claim] = []
    /// Whether it counts from the start of the process.
    var isCounter = false
    /// Whether a number was none that can be claimed, as NaN.
    var hasNoNumber = false
    var counts: [(limit: Double, text: String, count: Claim.Orders)] = []
    /// Those that were found, with their labels.
    var series: Set<[UInt8]> = []

    var sum: Claim? { numbers.count > 1 ? Claim(addingTimes: numbers) : numbers.first ?? Claim(count: 0) }

    var buckets: [Claims.Bucket] {
      counts.sorted { $0.limit < $1.limit }.compactMap { bucket in
        Claim(sum: bucket.count).map { Claims.Bucket(limit: bucket.limit, text: bucket.text, count: $0) }
      }
    }
  }

  private let wanted: [SeriesReader.Wanted]
  var parts: [Part]
  var requests: RequestSeries?
  /// Why the text cannot be relied on, as a clause.
  var fault: String?

  init(_ wanted: [SeriesReader.Wanted], _ requests: RequestSeries?) {
    self.wanted = wanted
    self.requests = requests
    parts = Array(repeating: Part(), count: wanted.count)
  }

  mutating func visit(family: PrometheusWord, type: UnsafeRawBufferPointer) {
    let name = family.unescaped
    requests?.visit(family: name)
    let counts = Self.counters.contains { type.elementsEqual($0) }
    for index in wanted.indices {
      let rest = wanted[index].name.dropFirst(name.count)
      guard wanted[index].name.starts(with: name) else { continue }
      if rest.isEmpty || Self.suffixes.contains(where: { $0.elementsEqual(rest) }) {
        parts[index].isThere = true
        parts[index].isCounter = counts
      }
    }
  }

  private static let counters = ["counter", "histogram", "summary"].map { Array($0.utf8) }

  private static let suffixes = ["_total", "_sum", "_count", "_bucket"].map { Array($0.utf8) }

  mutating func visit(_ sample: borrowing PrometheusSample) {
    requests?.visit(sample)
    for index in wanted.indices where sample.name.isSame(wanted[index].name) {
      parts[index].isThere = true
      guard wanted[index].matchers.match(sample) else { continue }
      take(sample, index)
    }
  }

  private mutating func take(_ sample: borrowing PrometheusSample, _ index: Int) {
    guard parts[index].series.insert(sample.seriesKey).inserted else {
      fault = fault ?? "a series of '\(ByteScan.excerpt(sample.name.bytes))' stands in them twice"
      return
    }
    guard parts[index].series.count <= SeriesReader.mostSeries else {
      fault = fault ?? "'\(ByteScan.excerpt(sample.name.bytes))' has more than \(SeriesReader.mostSeries) series that match"
      return
    }
    let text = String(decoding: sample.value, as: UTF8.self)
    let wanted = wanted[index]
    guard wanted.part != .bucket else { return takeBucket(sample, text, wanted.unit, index) }
    guard let claim = Claim(text: text, unit: wanted.unit) else { return parts[index].hasNoNumber = true }
    parts[index].numbers.append(claim)
  }

  /// - Parameter unit: what a limit of 1 stands for.
  private mutating func takeBucket(_ sample: borrowing PrometheusSample, _ text: String, _ unit: Duration, _ index: Int) {
    guard let count = Claim(text: text) else { return parts[index].hasNoNumber = true }
    guard let (number, limit) = sample.limit else {
      fault = fault ?? "a bucket of '\(ByteScan.excerpt(sample.name.bytes))' has no limit 'le' that is a number"
      return
    }
    let seconds = number * unit.seconds
    if let place = parts[index].counts.firstIndex(where: { $0.limit == seconds }) {
      parts[index].counts[place].count += count.orders.lowerBound
    } else if parts[index].counts.count < SeriesReader.mostBuckets {
      parts[index].counts.append((seconds, limit, count.orders.lowerBound))
    } else {
      fault = fault ?? "'\(ByteScan.excerpt(sample.name.bytes))' has more than \(SeriesReader.mostBuckets) buckets"
    }
  }
}

extension Dialect.Metrics {
  /// The most that is read of an answer, in bytes; `nil`: as much as of any other. One connection at a time brings it.
  var mostBytes: Int? { hasCounters ? 16 << 20 : nil }

  /// Whether it is text whose counters begin anew with the process that tells them.
  var hasCounters: Bool { if case .prometheus = source { true } else { false } }
}
