import Shared

/// What one answer of the target says about itself: at most one claim for each quantity.
///
/// Stored at fixed places instead of in a dictionary, because a long run keeps one of these for every scrape.
struct Claims: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// By `Quantity.place`; empty while there is no claim at all.
  private var places: [Claim?] = []
  /// Those that count several statuses, which few targets have.
  private var others: [Dialect.Quantity: Claim] = [:]
  /// What the answer has in place of figures that it has no number for.
  private var unread: [Dialect.Quantity: Unread] = [:]
  /// Whether the answer is no document that figures could be read from.
  private(set) var isUnreadable = false

  /// The first of the fields, where the answer is a document that has none at all as a number; otherwise `nil`.
  var lacks: String?

  /// How much older than the answer they may be, as far as that says so, in nanoseconds.
  var age: Int64 = 0

  /// What stands where a figure should be.
  enum Unread: Sendable, Hashable {
    /// Nothing: the key is left out.
    case nothing
    case null
    /// Something else that is not a number.
    case noNumber
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
  var isEmpty: Bool { lacks != nil || others.isEmpty && places.allSatisfy { $0 == nil } }

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
    let ended = quantities.filter { !$0.statuses.isEmpty && $0.statuses.allSatisfy(\.hasEnded) }
    // Several figures may count the same orders.
    let disjoint = ended.filter { quantity in !ended.contains { $0 != quantity && $0.statuses.isSuperset(of: quantity.statuses) } }
    return disjoint.isEmpty ? nil : total - disjoint.reduce(0) { $0 + (self[$1]?.value ?? 0) }
  }

  /// Notes what stands where a figure should be.
  mutating func hasNoNumber(_ quantity: Dialect.Quantity, but found: Unread) { unread[quantity] = found }

  /// Forgets what the answer says of a figure, as if nobody had looked for it.
  mutating func ignore(_ quantity: Dialect.Quantity) {
    self[quantity] = nil
    unread[quantity] = nil
  }

  /// What stands where the figure should be; `nil` if it is there, or if nobody looked for it.
  func unread(_ quantity: Dialect.Quantity) -> Unread? { isUnreadable ? .noDocument : unread[quantity] }
}
