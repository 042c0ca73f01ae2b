extension Claim {
  /// A whole number of orders. Figures of systems that have run for long, or that start their numbers high, are beyond what a `Double`
  /// holds exactly.
  typealias Orders = Int128

  /// The numbers of orders that the claim may stand for, as a claim of how many there are.
  ///
  /// One number, where whole digits are printed. A fraction stands for either of its neighbours: some targets extrapolate. Where a `Double`
  /// cannot tell two whole numbers apart (from 2⁵³ on), a text with a point or an exponent was most likely one, and stands for every number
  /// that it may have been rounded from.
  var orders: ClosedRange<Orders> {
    if let exact = Orders(text), exact.magnitude <= Self.mostOrders.magnitude { return exact...exact }
    let value = min(max(value, -Double(Self.mostOrders)), Double(Self.mostOrders))
    guard value.magnitude >= 0x1p53 else { return Orders(value.rounded(.down))...Orders(value.rounded(.up)) }
    // Rounded to the nearest: from half way to the neighbour below to half way to the one above.
    return Orders(value) - Orders((value - value.nextDown) / 2)...Orders(value) + Orders((value.nextUp - value) / 2)
  }

  /// Far more than any system has, and so few that sums of them never overflow.
  private static let mostOrders: Orders = 1 << 100
}

extension ClosedRange<Claim.Orders> {
  static let none: Self = 0...0

  static func + (left: Self, right: Self) -> Self { left.lowerBound + right.lowerBound...left.upperBound + right.upperBound }
}
