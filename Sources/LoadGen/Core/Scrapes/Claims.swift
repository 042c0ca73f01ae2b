import Shared

/// What one answer of the target says about itself: at most one claim for each quantity.
///
/// Stored at fixed places instead of in a dictionary, because a long run keeps one of these for every scrape.
struct Claims: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// By `Quantity.place`; empty while there is no claim at all.
  private var places: [Claim?] = []
  /// Those that count several statuses, which few targets have.
  private var others: [Dialect.Quantity: Claim] = [:]
  /// Of histograms, rising by their limits.
  private(set) var buckets: [Dialect.Quantity: [Bucket]] = [:]
  /// What it says of requests; `nil` where that is not looked for.
  var requests: RequestClaims?
  /// Those that are 0 because no series of their metric matches, in Prometheus text.
  var unmatched: Set<Dialect.Quantity> = []
  /// When the process began that counts what is claimed, as it printed it; `nil` if it does not say.
  var started: String?
  /// The figures that are counted by that process, and since when where that is said of them alone (`_created`).
  private var counters: [Dialect.Quantity: String?] = [:]
  /// What the answer has in place of figures that it has no number for.
  private var unread: [Dialect.Quantity: Unread] = [:]
  /// Whether the answer is no document that figures could be read from.
  private(set) var isUnreadable = false

  /// The first of the fields, where the answer is a document that has none at all as a number; otherwise `nil`.
  var lacks: String?

  /// How much older than the answer they may be, as far as that says so, in nanoseconds.
  var age: Int64 = 0

  /// How many orders took at most so long.
  struct Bucket: Sendable, Hashable {
    /// In seconds; infinite for the last.
    let limit: Double
    /// As it was printed, in the target's unit.
    let text: String
    let count: Claim
  }

  /// What stands where a figure should be.
  enum Unread: Sendable, Hashable {
    /// Nothing: the key is left out.
    case nothing
    case null
    /// Something else that is not a number.
    case noNumber
    /// Several numbers where there can be one: the dialect does not say which.
    case several
    /// The whole answer is no document that a figure could be read from.
    case noDocument
  }

  init() {}

  init(dictionaryLiteral elements: (Dialect.Quantity, Claim)...) {
    for (quantity, claim) in elements { self[quantity] = claim }
  }

  /// Those of an answer that is no document.
  static let unreadable: Claims = {
    var claims = Claims()
    claims.isUnreadable = true
    return claims
  }()

  /// Whether there is not one claim, but what the dialect takes a missing key for.
  var isEmpty: Bool { lacks != nil || others.isEmpty && buckets.isEmpty && requests == nil && places.allSatisfy { $0 == nil } }

  /// Every quantity of which there is a claim.
  var quantities: [Dialect.Quantity] { Dialect.Quantity.allCases.filter { self[$0] != nil } + others.keys }

  subscript(quantity: Dialect.Quantity) -> Claim? {
    get {
      guard let place = quantity.place else { return others[quantity] }
      return places.isEmpty ? nil : places[place]
    }
    set {
      guard let place = quantity.place else { return others[quantity] = newValue }
      if places.isEmpty { places = Array(repeating: nil, count: Dialect.Quantity.allCases.count) }
      places[place] = newValue
    }
  }

  /// How many orders have not ended; `nil` if the figures do not say.
  var unfinished: Double? {
    if let open = self[.counts([.pending, .processing])]?.value { return open }
    if let pending = self[.count(.pending)]?.value, let processing = self[.count(.processing)]?.value { return pending + processing }
    guard let total = self[.total]?.value else { return nil }
    let ended = endedOnce
    return ended.isEmpty ? nil : total - ended.reduce(0) { $0 + (self[$1]?.value ?? 0) }
  }

  /// Those that count orders that have ended, without those whose orders another one of them counts, too: the widest first.
  var endedOnce: [Dialect.Quantity] {
    let ended = quantities.filter { !$0.statuses.isEmpty && $0.statuses.allSatisfy(\.hasEnded) }
    return ended.sorted { ($1.statuses.count, $0.fileKey) < ($0.statuses.count, $1.fileKey) }.reduce(into: []) { chosen, quantity in
      if chosen.allSatisfy({ $0.statuses.isDisjoint(with: quantity.statuses) }) { chosen.append(quantity) }
    }
  }

  /// - Parameter buckets: rising by their limits.
  mutating func set(_ quantity: Dialect.Quantity, _ buckets: [Bucket]) { self.buckets[quantity] = buckets }

  /// - Parameter created: since when it is counted, as printed; `nil` where only the process's start says that.
  mutating func isCounter(_ quantity: Dialect.Quantity, since created: String?) { counters[quantity] = .some(created) }

  /// Whether any figure is counted by a process.
  var hasCounters: Bool { !counters.isEmpty }

  /// Those figures.
  var counted: Dictionary<Dialect.Quantity, String?>.Keys { counters.keys }

  /// When the count began, as printed; `nil` where that is not said, or for what is not counted but looked up.
  func start(of quantity: Dialect.Quantity) -> String? { counters[quantity].flatMap { $0 ?? started } }

  /// Notes what stands where a figure should be.
  mutating func hasNoNumber(_ quantity: Dialect.Quantity, but found: Unread) { unread[quantity] = found }

  /// Forgets what the answer says of a figure, as if nobody had looked for it.
  mutating func ignore(_ quantity: Dialect.Quantity) {
    self[quantity] = nil
    buckets[quantity] = nil
    unread[quantity] = nil
  }

  /// What stands where the figure should be; `nil` if it is there, or if nobody looked for it.
  func unread(_ quantity: Dialect.Quantity) -> Unread? { isUnreadable ? .noDocument : unread[quantity] }
}
