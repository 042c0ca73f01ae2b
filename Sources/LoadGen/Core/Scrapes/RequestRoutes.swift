import Shared

/// The requests that a run sends, told apart by method and route, as a server's own figures tell them apart.
struct RequestRoutes: Sendable, Hashable {
  /// One method and one path.
  struct Route: Sendable, Hashable {
    let method: String
    /// Without a query, with slots.
    let path: String
    var kinds: Set<RequestKind>
    /// Whether all requests of these kinds surely have it: what is further on in a list may be elsewhere.
    var isCertain = true
    fileprivate let segments: [Segment]
    fileprivate let endsInSlash: Bool

    /// As in `POST /orders`.
    var words: String { "\(method) \(path)" }
  }

  /// What stands between two slashes: these bytes, or anything (`nil`).
  fileprivate typealias Segment = [UInt8]?

  /// Several of the routes, a bit for each.
  typealias Subset = UInt64

  let all: [Route]
  private let places: [RequestKind: Int]
  private let base: [Segment]

  /// - Parameter basePath: precedes each path; a server may say it, or leave it out.
  init(_ dialect: Dialect, basePath: String = "") {
    var (all, places) = ([Route](), [RequestKind: Int]())
    let requests = dialect.requests
    for kind in RequestKind.allCases {
      guard let request = requests[kind] else { continue }
      let path = Self.withoutQuery(request.path)
      if let place = all.firstIndex(where: { $0.method.hasSameBytes(as: request.method) && $0.path.hasSameBytes(as: path.description) }) {
        all[place].kinds.insert(kind)
        places[kind] = place
      } else {
        places[kind] = all.count
        all.append(
          Route(
            method: request.method, path: path.description, kinds: [kind], segments: Self.segments(path),
            endsInSlash: path.description.utf8.last == UInt8(ascii: "/")))
      }
    }
    if let pages = dialect.list?.pages, let place = places[.list], all[place].method == "GET" {
      let isElsewhere = pages.way == .link || !Self.withoutQuery(pages.path).description.hasSameBytes(as: all[place].path)
      if isElsewhere { all[place].isCertain = false }
    }
    // A bit for each must do; no dialect has so many.
    self.all = Array(all.prefix(64))
    self.places = places
    base = Self.segments(Template(basePath))
  }

  func place(of what: RequestKind) -> Int? { places[what] }

  /// The routes that a series may be of.
  /// - Parameters:
  ///   - method: as the series says; `nil` where it does not.
  ///   - route: likewise: a path, a template of one, or a method and such.
  /// - Returns: none where it is of other requests.
  func matching(method: [UInt8]?, route: [UInt8]?) -> Subset {
    var (found, best) = (Subset(0), -1)
    // A name without a slash is that of a function, and not of a path.
    if let route, !route.contains(UInt8(ascii: "/")) { return 0 }
    let segments = route.map(Self.segments)
    for (place, own) in all.enumerated() {
      if let method, !method.isSameWord(as: own.method) { continue }
      guard let segments else {
        found |= 1 << Subset(place)
        continue
      }
      guard Self.matches(own.segments, segments) || !base.isEmpty && Self.matches(base + own.segments, segments) else { continue }
      // A slash at the end makes another path, or stands for all that is below.
      guard (route?.last == UInt8(ascii: "/")) == own.endsInSlash else { continue }
      // A path of its own comes before one that anything may stand in.
      let plain = own.segments.count { $0 != nil }
      if plain > best { (found, best) = (0, plain) }
      if plain == best { found |= 1 << Subset(place) }
    }
    return found
  }

  /// Whether one route's path is above another one's, with the same method.
  func isAbove(_ place: Int, _ other: Int) -> Bool {
    let (upper, lower) = (all[place], all[other])
    return upper.method.hasSameBytes(as: lower.method) && upper.segments.count < lower.segments.count
      && Self.matches(upper.segments, lower.segments.prefix(upper.segments.count))
  }

  private static func matches(_ own: [Segment], _ other: ArraySlice<Segment>) -> Bool {
    zip(own, other).allSatisfy { $0 == nil || $0 == $1 }
  }

  private static func matches(_ own: [Segment], _ told: ArraySlice<[UInt8]>) -> Bool {
    own.count == told.count && zip(own, told).allSatisfy { $0 == nil || $0 == $1 }
  }

  private static func withoutQuery(_ path: Template) -> Template {
    var text = path.description[...]
    if let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) { text = text[..<mark] }
    return Template(String(text))
  }

  private static func segments(_ path: Template) -> [Segment] {
    // No byte of a dialect's path is 0.
    let bytes = path.parts.flatMap { part -> [UInt8] in
      switch part {
      case .literal(let text): Array(text.utf8)
      case .slot: [0]
      }
    }
    return bytes.split(separator: UInt8(ascii: "/")).map { $0.contains(0) ? nil : Array($0) }
  }

  /// What stands between the slashes of a series' route, without a method before it.
  private static func segments(_ route: [UInt8]) -> ArraySlice<[UInt8]> {
    let path = route.firstIndex(of: UInt8(ascii: " ")).map { route[route.index(after: $0)...] } ?? route[...]
    return path.split(separator: UInt8(ascii: "/"), maxSplits: 64).map { Array($0) }[...]
  }
}

extension [UInt8] {
  /// Whether they are a word of ASCII, whatever the case of its letters.
  fileprivate func isSameWord(as word: String) -> Bool {
    count == word.utf8.count && zip(self, word.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }
}
