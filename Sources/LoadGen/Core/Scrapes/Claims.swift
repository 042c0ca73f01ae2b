import Shared

/// What one answer of the target says about itself: a claim for each quantity that it tells of.
///
/// In places that are fixed, and not in a dictionary: a long run keeps one for every scrape.
struct Claims: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// Empty while there is no claim at all.
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
