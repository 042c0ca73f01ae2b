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

  private struct Label {
    let text: String
    let bytes: [UInt8]

    init(_ text: String) {
      self.text = text
      bytes = Array(text.utf8)
    }
  }

  /// A method and a route that a series told, and the routes of ours that it may be of.
  private struct Matched {
    let method: [UInt8]?
    let route: [UInt8]?
    let routes: RequestRoutes.Subset
    let isOfCounter: Bool
  }

  private let routes: RequestRoutes
  private let unit: Duration
  private let labels: (method: [Label], route: [Label], status: [Label])
  private let wanted: [Wanted]
  private var buckets: [RequestClaims.Key: [(limit: Double, text: String, count: Claim.Orders)]] = [:]
  /// Of each that is looked for, those that are of our routes: a service may have thousands of others.
  private var series: [Set<[UInt8]>]
  /// Of the last series that was taken. Those of one route mostly follow each other.
  private var last: Matched?
  private(set) var claims = RequestClaims()
  /// Why the text cannot be relied on, as a clause.
  private(set) var fault: String?

  /// How many routes that are none of ours are kept, to be shown.
  private static let mostForeign = 8

  init(_ figures: Dialect.RequestFigures, _ routes: RequestRoutes) {
    self.routes = routes
    unit = figures.unit
    labels = (figures.labels.method.map(Label.init), figures.labels.route.map(Label.init), figures.labels.status.map(Label.init))
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
    let (method, route) = (Self.value(of: labels.method, in: sample), Self.value(of: labels.route, in: sample))
    let status = Self.value(of: labels.status, in: sample)
    let part = wanted[index].part
    let matching = matching(method?.value, route?.value, isOfCounter: part == .counter)
    func note(_ family: inout RequestClaims.Family) {
      family.isThere = true
      if let method { family.methodLabel = method.label.text }
      if let route { family.routeLabel = route.label.text }
      if let status { family.statusLabel = status.label.text }
      guard matching.routes == 0, matching.isNew, let route, family.foreignRoutes.count < Self.mostForeign else { return }
      family.foreignRoutes.insert(ByteText(String(decoding: route.value.unescaped.prefix(100), as: UTF8.self)))
    }
    if part == .counter { note(&claims.counter) } else { note(&claims.histogram) }
    guard matching.routes != 0 else { return }
    guard series[index].insert(sample.seriesKey).inserted else {
      fault = fault ?? "a series of '\(ByteScan.excerpt(sample.name.bytes))' stands in them twice"
      return
    }
    guard series[index].count <= SeriesReader.mostSeries else {
      fault = fault ?? "'\(ByteScan.excerpt(sample.name.bytes))' has more than \(SeriesReader.mostSeries) series that match"
      return
    }
    let key = RequestClaims.Key(
      routes: matching.routes, status: RequestClaims.AnswerStatus(status?.value.unescaped ?? []))
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

  /// - Returns: the routes of ours that a series may be of, and whether it is of another method, route or family than the last one.
  private mutating func matching(
    _ method: PrometheusWord?, _ route: PrometheusWord?, isOfCounter: Bool
  ) -> (routes: RequestRoutes.Subset, isNew: Bool) {
    func isSame(_ word: PrometheusWord?, _ bytes: [UInt8]?) -> Bool {
      guard let word, let bytes else { return word == nil && bytes == nil }
      return word.isSame(bytes)
    }
    if let last, last.isOfCounter == isOfCounter, isSame(method, last.method), isSame(route, last.route) { return (last.routes, false) }
    let (method, route) = (method?.unescaped, route?.unescaped)
    let found = routes.matching(method: method, route: route)
    last = Matched(method: method, route: route, routes: found, isOfCounter: isOfCounter)
    return (found, true)
  }

  /// The value of the first of these labels that a series has; `nil` where it has none, or it is empty.
  private static func value(of labels: [Label], in sample: borrowing PrometheusSample) -> (label: Label, value: PrometheusWord)? {
    for label in labels {
      if let value = sample.value(of: label.bytes), !value.bytes.isEmpty { return (label, value) }
    }
    return nil
  }
}
