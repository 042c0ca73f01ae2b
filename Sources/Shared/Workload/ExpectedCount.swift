/// A number of expected arrivals in two parts, so that what is behind the point is as exact after a thousand million of them as after one.
struct ExpectedCount: Sendable, Hashable {
  /// A whole number.
  private(set) var whole = 0.0
  /// From 0 to 1.
  private(set) var fraction = 0.0

  var sum: Double { whole + fraction }

  /// Adds what is expected of a rate that goes from one to another in a straight line.
  mutating func add(from: Double, to: Double, nanoseconds: Int64) {
    // The product's rounding error is the second part; both are exact.
    let (rates, time) = (from + to, Double(nanoseconds))
    let product = rates * time
    let error = (-product).addingProduct(rates, time)
    let quotient = (product / 2e9).rounded(.down)
    let rest = fraction + (product.addingProduct(-quotient, 2e9) + error) / 2e9
    let carry = rest.rounded(.down)
    whole += quotient + carry
    fraction = rest - carry
  }

  /// How many more than `self` so many are; negative where they are fewer.
  func distance(to count: Double) -> Double { (count - whole) - fraction }
}
