import Shared

/// What the series of one metric say of requests over all readings, and which of our own requests they can be held against.
struct RequestFamily {
  /// Requests that the series do not tell apart but by status.
  struct Group {
    let places: RequestRoutes.Subset
    /// As in `POST /orders`.
    let words: String
    /// Whether others may send such requests though nobody else sends orders.
    let isShared: Bool
    /// Why nothing can be said about it, as a sentence.
    let vacuity: String?
    /// Those of its routes that a library may leave out although it counts the others.
    fileprivate let omitted: RequestRoutes.Subset
    fileprivate let labels: [(name: String, value: String)]
    fileprivate let statusLabel: String?

    /// The labels of a series, as in `{method="POST",route="/orders",status="202"}`; of a bucket, with its limit.
    func labels(_ statuses: Statuses, limit: String? = nil) -> String {
      var all = labels
      if let statusLabel, let word = statuses.word { all.append((statusLabel, word)) }
      if let limit { all.append(("le", limit)) }
      return all.isEmpty ? "" : "{\(all.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ","))}"
    }

    /// Whether what was sent to one of its routes is surely among what is told.
    func surelyHas(_ route: Int) -> Bool { omitted & 1 << RequestRoutes.Subset(route) == 0 }

    /// Why there may be any number of them, as a clause.
    func unbounded(_ exclusivity: Exclusivity) -> String? {
      isShared ? "others may send such requests, too" : exclusivity == .denied ? "others send requests, too" : nil
    }
  }

  /// The statuses that one series tells.
  enum Statuses {
    case all
    case code(UInt16)
    case hundred(UInt8)

    func has(_ code: UInt16) -> Bool {
      switch self {
      case .all: true
      case .code(let own): own == code
      case .hundred(let first): code / 100 == UInt16(first)
      }
    }

    fileprivate func has(_ status: RequestClaims.AnswerStatus) -> Bool {
      switch (self, status) {
      case (.all, _): true
      case (.code(let own), .code(let code)): own == code
      case (.hundred(let own), .hundred(let first)): own == first
      default: false
      }
    }

    fileprivate var word: String? {
      switch self {
      case .all: nil
      case .code(let code): "\(code)"
      case .hundred(let first): "\(first)xx"
      }
    }
  }

  /// What a proxy, a limiter, whoever asks for accounts or the HTTP server itself may have answered, so that what is behind it has counted
  /// nothing, or has not looked for a route yet.
  static let codesOfOthers: Set<UInt16> = [
    0, 301, 302, 307, 308, 401, 403, 407, 408, 413, 414, 417, 421, 429, 431, 494, 495, 496, 497, 502, 503, 504,
  ]

  let name: String
  let figures: Dialect.RequestFigures
  let groups: [Group]
  private let readings: [RequestClaims.Family?]
  private let form: RequestClaims.StatusForm

  init(
    _ name: String, _ figures: Dialect.RequestFigures, _ requests: RequestTallies, _ scrapes: [Scrape],
    _ family: (RequestClaims) -> RequestClaims.Family
  ) {
    self.name = name
    self.figures = figures
    readings = scrapes.map { $0.claims.requests.map(family) }
    let all = readings.compactMap(\.self)
    let forms = all.reduce(into: Set<RequestClaims.StatusForm>()) { $0.formUnion($1.tells) }
    form = forms == [.codes] ? .codes : forms == [.hundreds] ? .hundreds : .nothing
    groups = Self.groups(name, requests.routes, sent: Set(requests.tallies.keys.map(\.route)), all)
  }

  /// - Parameter sent: the routes to which requests were sent.
  private static func groups(
    _ name: String, _ routes: RequestRoutes, sent: Set<Int>, _ all: [RequestClaims.Family]
  ) -> [Group] {
    let (methodLabel, routeLabel) = (all.lazy.compactMap(\.methodLabel).first, all.lazy.compactMap(\.routeLabel).first)
    let statusLabel = all.lazy.compactMap(\.statusLabel).first
    let (hasMethod, hasRoute) = (methodLabel != nil, routeLabel != nil)
    let found = all.reduce(into: Set<RequestRoutes.Subset>()) { $0.formUnion($1.counts.keys.map(\.routes)) }
    let foreign = all.reduce(into: Set<ByteText>()) { $0.formUnion($1.foreignRoutes) }.listed
    var done: RequestRoutes.Subset = 0
    return routes.all.enumerated().compactMap { place, route -> Group? in
      let same = routes.all.indices.filter { other in
        (!hasMethod || routes.all[other].method.hasSameBytes(as: route.method))
          && (!hasRoute || routes.all[other].path.hasSameBytes(as: route.path))
      }
      let places = same.reduce(RequestRoutes.Subset(0)) { $0 | 1 << RequestRoutes.Subset($1) }
      guard done & 1 << RequestRoutes.Subset(place) == 0 else { return nil }
      done |= places
      let (method, path) = (hasMethod ? route.method : nil, hasRoute ? route.path : nil)
      let kinds = same.reduce(into: Set<RequestKind>()) { $0.formUnion(routes.all[$1].kinds) }
      let words = [method, path].compactMap(\.self).joined(separator: " ")
      var vacuity: String?
      if all.isEmpty || !all.contains(where: \.isThere) {
        vacuity = "there is no \(name)"
      } else if !same.allSatisfy({ routes.all[$0].isCertain }) {
        vacuity = "further pages of the list are asked for elsewhere, so that not all requests are \(words)"
      } else if found.contains(where: { $0 != places && $0 & places != 0 }) {
        vacuity = "the routes of \(name) do not tell \(words) from other requests"
      } else if !found.contains(places) {
        let others = foreign.isEmpty ? "" : "; other routes are \(foreign)"
        vacuity = "\(name) never had \(words.isEmpty ? "a request" : words)\(others)"
      }
      // A route below it that was asked for, and has no series, may be told as this one.
      let holdsOthers = sent.contains { other in
        !found.contains { $0 & 1 << RequestRoutes.Subset(other) != 0 } && same.contains { routes.isAbove($0, other) }
      }
      let labels = [(methodLabel, method), (routeLabel, path)].compactMap { label, value in
        label.flatMap { label in value.map { (label, $0) } }
      }
      return Group(
        places: places, words: words.isEmpty ? "requests" : words, isShared: !hasRoute || kinds.contains(.metrics) || holdsOthers,
        vacuity: vacuity,
        omitted: same.count == 1 ? 0 : same.reduce(0) { routes.all[$1].kinds.contains(.metrics) ? $0 | 1 << RequestRoutes.Subset($1) : $0 },
        labels: labels, statusLabel: statusLabel)
    }
  }

  /// The statuses to be looked at: those that are told, and those of our own answers.
  func statuses(_ group: Group, _ codes: [UInt16]) -> [Statuses] {
    let told = readings.reduce(into: Set<RequestClaims.AnswerStatus>()) { told, family in
      for key in family?.counts.keys ?? [:].keys where key.routes == group.places { told.insert(key.status) }
    }
    switch form {
    case .codes:
      var all = Set(codes.filter { $0 != 0 })
      for case .code(let code) in told { all.insert(code) }
      return all.sorted().map { .code($0) }
    case .hundreds:
      var all = Set(codes.filter { $0 != 0 }.map { UInt8(clamping: $0 / 100) })
      for case .hundred(let first) in told { all.insert(first) }
      return all.sorted().map { .hundred($0) }
    case .nothing, .other: return [.all]
    }
  }

  /// How many requests a reading tells: none where it has no such series; `nil` where it is no document.
  func count(_ index: Int, _ group: Group, _ statuses: Statuses) -> Claim.Orders? {
    readings[index]?.counts.reduce(0) { sum, count in
      count.key.routes == group.places && statuses.has(count.key.status) ? sum + count.value : sum
    }
  }

  func sum(_ index: Int, _ group: Group, _ statuses: Statuses) -> Claim? {
    guard let family = readings[index] else { return nil }
    let parts = family.sums.filter { $0.key.routes == group.places && statuses.has($0.key.status) }.flatMap(\.value)
    return parts.isEmpty ? Claim(count: 0) : Claim(addingTimes: parts)
  }

  /// All limits of the buckets of a group, rising, but for the infinite one.
  func limits(_ group: Group, _ statuses: Statuses) -> [(seconds: Double, text: String)] {
    var limits: [Double: String] = [:]
    for family in readings {
      for (key, buckets) in family?.buckets ?? [:] where key.routes == group.places && statuses.has(key.status) {
        for bucket in buckets { limits[bucket.limit] = bucket.text }
      }
    }
    return limits.sorted { $0.key < $1.key }.map { (seconds: $0.key, text: $0.value) }
  }

  func bucket(_ index: Int, _ group: Group, _ statuses: Statuses, _ limit: Double) -> Claim.Orders? {
    readings[index]?.buckets.reduce(0) { sum, buckets in
      guard buckets.key.routes == group.places, statuses.has(buckets.key.status) else { return sum }
      return sum + (buckets.value.first { $0.limit == limit }?.count.orders.lowerBound ?? 0)
    }
  }
}
