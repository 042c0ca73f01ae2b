import Shared

/// What the simulated system knows of itself at any instant, and what is true of it.
struct SimulatedBooks: Sendable {
  private(set) var total = 0
  private(set) var counts = ByStatus(0)
  /// Over the completed orders, in nanoseconds.
  private var processing: Int128 = 0
  private var completion: Int128 = 0
  /// How long orders waited until they were taken up: the sum over all of them, in nanoseconds, and how many they were.
  private var waited: Int128 = 0
  private var taken = 0
  /// For how long workers worked, or will have, on what they have taken up, in nanoseconds.
  private(set) var worked: Int128 = 0

  mutating func created() {
    total += 1
    counts[.pending] += 1
  }

  mutating func moved(from: OrderStatus, to: OrderStatus) {
    counts[from] -= 1
    counts[to] += 1
  }

  mutating func completed(_ order: SimulatedOrders.Order) {
    processing += Int128(order.ended - order.started)
    completion += Int128(order.ended - order.created)
  }

  mutating func waited(_ nanoseconds: Int64) {
    taken += 1
    waited += Int128(nanoseconds)
  }

  mutating func worked(_ nanoseconds: Int64) { worked += Int128(nanoseconds) }

  /// The mean time from an order's creation until it was taken up, in seconds.
  var meanWait: Double { taken == 0 ? 0 : Double(waited) / Double(taken) / 1e9 }

  // MARK: Claims

  /// What the system says of itself at this instant, as a metrics document would print it: averages to the microsecond.
  func claims(for figures: [Dialect.Figure], serviceTime: Duration) -> [Dialect.Quantity: Claim] {
    var claims: [Dialect.Quantity: Claim] = [:]
    for figure in figures {
      claims[figure.quantity] = Claim(text: text(figure, serviceTime: serviceTime), unit: figure.unit)
    }
    return claims
  }

  private func text(_ figure: Dialect.Figure, serviceTime: Duration) -> String {
    let completed = counts[.completed]
    switch figure.quantity {
    case .total: return String(total)
    case .count(let status): return String(counts[status])
    case .average(let span):
      let sum = span == .processing ? processing : completion
      return Self.decimal(completed == 0 ? 0 : sum, over: Int128(max(1, completed)), figure)
    case .estimate:
      return Self.decimal(Int128(serviceTime.nanoseconds) * Int128(counts[.pending] + counts[.processing]), over: 1, figure)
    }
  }

  /// A duration in the figure's unit with six decimals, rounded as the figure says: by whole numbers, so that every machine prints the same.
  private static func decimal(_ nanoseconds: Int128, over count: Int128, _ figure: Dialect.Figure) -> String {
    let divisor = count * Int128(max(1, figure.unit.nanoseconds))
    let scaled = nanoseconds * 1_000_000
    let millionths = figure.printing == .floor ? scaled / divisor : (scaled + divisor / 2) / divisor
    let decimals = String(Int(millionths % 1_000_000))
    return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - decimals.count))\(decimals)"
  }
}
