/// A number of expected arrivals in two parts, so that its fraction is as exact after a thousand million arrivals as after one.
struct ExpectedCount: Sendable, Hashable {
  /// A whole number.
  private(set) var whole = 0.0
  /// In [0, 1).
  private(set) var fraction = 0.0

  /// Rounded to a single number.
  var sum: Double { whole + fraction }

  /// Adds the arrivals expected while a rate goes in a straight line from one value to another, both per second.
  mutating func add(from: Double, to: Double, nanoseconds: Int64) {
    // `error` is what the product lost by rounding: both together are the exact product.
    let (rates, time) = (from + to, Double(nanoseconds))
    let product = rates * time
    let error = (-product).addingProduct(rates, time)
    let quotient = (product / 2e9).rounded(.down)
    let rest = fraction + (product.addingProduct(-quotient, 2e9) + error) / 2e9
    let carry = rest.rounded(.down)
    whole += quotient + carry
    fraction = rest - carry
  }

  /// `count` minus this number; negative where `count` is the smaller one.
  func distance(to count: Double) -> Double { (count - whole) - fraction }
}
