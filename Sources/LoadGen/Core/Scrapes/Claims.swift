import Shared

/// What one answer of the target says about itself: at most one claim for each quantity.
///
/// Stored at fixed places instead of in a dictionary, because a long run keeps one of these for every scrape.
struct Claims: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// By `Quantity.place`; empty while there is no claim at all.
  private var places: [Claim?] = []

  init() {}

  init(dictionaryLiteral elements: (Dialect.Quantity, Claim)...) {
    for (quantity, claim) in elements { self[quantity] = claim }
  }

  var isEmpty: Bool { places.allSatisfy { $0 == nil } }

  subscript(quantity: Dialect.Quantity) -> Claim? {
    get { places.isEmpty ? nil : places[quantity.place] }
    set {
      if places.isEmpty { places = Array(repeating: nil, count: Dialect.Quantity.allCases.count) }
      places[quantity.place] = newValue
    }
  }
}
