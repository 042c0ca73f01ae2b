extension Claim {
  /// A whole number of orders. Systems that have run for a long time, or that start their numbers high, have figures beyond what a `Double`
  /// can hold exactly.
  typealias Orders = Int128

  /// The numbers of orders that the claim may stand for, if it states how many there are.
  ///
  /// If the text is a whole number, exactly that one. A fraction stands for either of its neighbours, because some targets extrapolate.
  /// From 2⁵³ on a `Double` cannot tell neighbouring whole numbers apart; there, a text with a decimal point or an exponent was most likely
  /// printed from a `Double`, and stands for every number that may have been rounded to it.
  var orders: ClosedRange<Orders> {
    if let supposed {
      let least = Orders(supposed.lowerBound.rounded(.up))
      return least...max(least, Orders(supposed.upperBound.rounded(.down)))
    }
    if let exact = Orders(text), exact.magnitude <= Self.mostOrders.magnitude { return exact...exact }
    let value = min(max(value, -Double(Self.mostOrders)), Double(Self.mostOrders))
    guard value.magnitude >= 0x1p53 else { return Orders(value.rounded(.down))...Orders(value.rounded(.up)) }
    // Rounding goes to the nearest: from half way to the neighbour below, to half way to the one above.
    return Orders(value) - Orders((value - value.nextDown) / 2)...Orders(value) + Orders((value.nextUp - value) / 2)
  }

  /// Far more than any system has, and small enough that sums never overflow.
  private static let mostOrders: Orders = 1 << 100
}

extension Claim {
  /// A number that was counted from several figures.
  init?(sum: Orders) {
    guard let small = sum.small else {
      self.init(text: "\(sum)")
      return
    }
    self.init(count: small)
  }
}

extension Claim.Orders {
  /// The same number as an `Int`; `nil` if it is too great for one.
  fileprivate var small: Int? {
    let small = Int(truncatingIfNeeded: self)
    return Claim.Orders(small) == self ? small : nil
  }

  /// The nearest `Double`. The standard library's own conversion is generic code, which took a third of the
  /// time of a simulated run with many readings.
  var double: Double { small.map(Double.init) ?? Double(self) }
}

extension ClosedRange<Claim.Orders> {
  static let none: Self = 0...0

  /// The sums that are possible: both ends are added.
  static func + (left: Self, right: Self) -> Self { left.lowerBound + right.lowerBound...left.upperBound + right.upperBound }
}
