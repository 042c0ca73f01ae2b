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
    get { places.isEmpty ? nil : places[Self.place(of: quantity)] }
    set {
      if places.isEmpty { places = Array(repeating: nil, count: Self.count) }
      places[Self.place(of: quantity)] = newValue
    }
  }

  private static let count = 9

  private static func place(of quantity: Dialect.Quantity) -> Int {
    switch quantity {
    case .total: 0
    case .count(.pending): 1
    case .count(.processing): 2
    case .count(.completed): 3
    case .count(.cancelled): 4
    case .count(.failed): 5
    case .average(.processing): 6
    case .average(.completion): 7
    case .estimate: 8
    }
  }
}
