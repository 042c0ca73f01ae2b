import Shared

/// Takes what Prometheus text says of requests out of it, line by line.
struct RequestSeries {
  private struct Wanted {
    let name: [UInt8]
    let part: Part
    let matchers: SeriesMatchers

    init(_ series: Dialect.SeriesSelector, _ ending: String, _ part: Part) {
      name = Array((series.name + ending).utf8)
      self.part = part
      matchers = SeriesMatchers(series)
    }
  }

  private enum Part { case counter, count, sum, bucket }

  private let routes: RequestRoutes
  private let unit: Duration
  private let labels: (method: [[UInt8]], route: [[UInt8]], status: [[UInt8]])
  private let wanted: [Wanted]
  private var buckets: [RequestClaims.Key: [(limit: Double, text: String, count: Claim.Orders)]] = [:]
  private var series: [Set<[UInt8]>]
  private(set) var claims = RequestClaims()
  /// Why the text cannot be relied on, as a clause.
  private(set) var fault: String?

  /// How many routes that are none of ours are kept, to be shown.
  private static let mostForeign = 8

  init(_ figures: Dialect.RequestFigures, _ routes: RequestRoutes) {
    self.routes = routes
    unit = figures.unit
    func bytes(_ names: [String]) -> [[UInt8]] { names.map { Array($0.utf8) } }
    labels = (bytes(figures.labels.method), bytes(figures.labels.route), bytes(figures.labels.status))
    var wanted: [Wanted] = []
    if let counter = figures.counter { wanted.append(Wanted(counter, "", .counter)) }
    if let histogram = figures.histogram {
      for (ending, part) in [("_count", Part.count), ("_sum", .sum), ("_bucket", .bucket)] {
        wanted.append(Wanted(histogram, ending, part))
      }
    }
    self.wanted = wanted
    series = wanted.map { _ in [] }
  }

  /// The names of what is looked for.
  var names: [String] { wanted.map { String(decoding: $0.name, as: UTF8.self) } }

  /// All of it was read.
  mutating func finish() -> RequestClaims {
    for (key, counts) in buckets {
      claims.histogram.buckets[key] = counts.sorted { $0.limit < $1.limit }.compactMap { bucket in
        Claim(sum: bucket.count).map { Claims.Bucket(limit: bucket.limit, text: bucket.text, count: $0) }
      }
    }
    return claims
  }

  mutating func visit(family name: [UInt8]) {
    for wanted in wanted where wanted.name.starts(with: name) {
      let rest = wanted.name.dropFirst(name.count)
      guard rest.isEmpty || Self.endings.contains(where: { $0.elementsEqual(rest) }) else { continue }
      if wanted.part == .counter { claims.counter.isThere = true } else { claims.histogram.isThere = true }
    }
  }

  private static let endings = ["_total", "_sum", "_count", "_bucket"].map { Array($0.utf8) }

  mutating func visit(_ sample: borrowing PrometheusSample) {
    for index in wanted.indices where sample.name.isSame(wanted[index].name) && wanted[index].matchers.match(sample) {
      take(sample, index)
    }
  }

  private mutating func take(_ sample: borrowing PrometheusSample, _ index: Int) {
    guard series[index].insert(sample.seriesKey).inserted else {
      fault = fault ?? "a series of '\(ByteScan.excerpt(sample.name.bytes))' stands in them twice"
      return
    }
    guard series[index].count <= SeriesReader.mostSeries else {
      fault = fault ?? "'\(ByteScan.excerpt(sample.name.bytes))' has more than \(SeriesReader.mostSeries) series that match"
      return
    }
    let (method, route) = (Self.value(of: labels.method, in: sample), Self.value(of: labels.route, in: sample))
    let status = Self.value(of: labels.status, in: sample)
    let matching = routes.matching(method: method?.value, route: route?.value)
    let part = wanted[index].part
    func note(_ family: inout RequestClaims.Family) {
      family.isThere = true
      family.methodLabel = method?.label ?? family.methodLabel
      family.routeLabel = route?.label ?? family.routeLabel
      family.statusLabel = status?.label ?? family.statusLabel
      guard matching == 0, let route, family.foreignRoutes.count < Self.mostForeign else { return }
      family.foreignRoutes.insert(ByteText(String(decoding: route.value.prefix(100), as: UTF8.self)))
    }
    if part == .counter { note(&claims.counter) } else { note(&claims.histogram) }
    guard matching != 0 else { return }
    let key = RequestClaims.Key(
      routes: matching, status: RequestClaims.AnswerStatus(status?.value ?? []))
    let text = String(decoding: sample.value, as: UTF8.self)
    if part == .sum {
      if let sum = Claim(text: text, unit: unit) { claims.histogram.sums[key, default: []].append(sum) }
      return
    }
    guard let count = Claim(text: text)?.orders.lowerBound else {
      fault = fault ?? "'\(ByteScan.excerpt(sample.name.bytes))' is no number of requests"
      return
    }
    switch part {
    case .counter: claims.counter.count(key, count)
    case .count: claims.histogram.count(key, count)
    case .bucket: takeBucket(sample, count, key)
    case .sum: break
    }
  }

  private mutating func takeBucket(_ sample: borrowing PrometheusSample, _ count: Claim.Orders, _ key: RequestClaims.Key) {
    guard let (limit, text) = sample.limit else {
      fault = fault ?? "a bucket of '\(ByteScan.excerpt(sample.name.bytes))' has no limit 'le' that is a number"
      return
    }
    let seconds = limit * unit.seconds
    var own = buckets[key] ?? []
    if let place = own.firstIndex(where: { $0.limit == seconds }) {
      own[place].count += count
    } else if own.count < SeriesReader.mostBuckets {
      own.append((seconds, text, count))
    } else {
      fault = fault ?? "'\(ByteScan.excerpt(sample.name.bytes))' has more than \(SeriesReader.mostBuckets) buckets"
    }
    buckets[key] = own
  }

  /// The value of the first of these labels that a series has; `nil` where it has none, or it is empty.
  private static func value(
    of labels: [[UInt8]], in sample: borrowing PrometheusSample
  ) -> (label: String, value: [UInt8])? {
    for label in labels {
      if let value = sample.value(of: label)?.unescaped, !value.isEmpty { return (String(decoding: label, as: UTF8.self), value) }
    }
    return nil
  }
}
