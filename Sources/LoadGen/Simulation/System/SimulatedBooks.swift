import Shared

/// The simulated system's own accounts, which are true at any instant.
package struct SimulatedBooks: Sendable {
  private(set) var total = 0
  private(set) var counts = ByStatus(0)
  /// Sums over the completed orders, by the system's clock, in nanoseconds.
  private var processing: Int128 = 0
  private var completion: Int128 = 0
  /// How long orders waited until they were taken up: the sum in nanoseconds, and the number of orders.
  private var waited: Int128 = 0
  private var taken = 0
  /// How long workers worked, in nanoseconds; what they are still working on is not included.
  private(set) var worked: Int128 = 0

  mutating func created() {
    total += 1
    counts[.pending] += 1
  }

  mutating func moved(from: OrderStatus, to: OrderStatus) {
    counts[from] -= 1
    counts[to] += 1
  }

  /// Adds the times of a completed order, by the system's own clock, in nanoseconds.
  mutating func completed(processing: Int64, completion: Int64) {
    self.processing += Int128(processing)
    self.completion += Int128(completion)
  }

  mutating func waited(_ nanoseconds: Int64) {
    taken += 1
    waited += Int128(nanoseconds)
  }

  mutating func worked(_ nanoseconds: Int64) { worked += Int128(nanoseconds) }

  /// The mean time from an order's creation until it was taken up, in seconds.
  package var meanWait: Double { taken == 0 ? 0 : Double(waited) / Double(taken) / 1e9 }

  /// The same as order-server keeps it: sums in microseconds. Histograms are not kept.
  var tallies: Tallies {
    var tallies = Tallies()
    for status in OrderStatus.allCases { tallies[status] = Int64(counts[status]) }
    tallies.processing.sum = Int64(clamping: processing / 1_000)
    tallies.completion.sum = Int64(clamping: completion / 1_000)
    return tallies
  }

  // MARK: Claims

  /// What the system claims at this instant, as a metrics document would print it.
  func claims(for figures: [Dialect.Figure], of settings: SimulatedSystem.Settings) -> Claims {
    var claims = Claims()
    for figure in figures { claims[figure.quantity] = claim(figure, settings) }
    return claims
  }

  /// `nil` for a histogram and a quantile, which it has none of.
  private func claim(_ figure: Dialect.Figure, _ settings: SimulatedSystem.Settings) -> Claim? {
    func print(_ nanoseconds: Int128, over count: Int) -> Claim {
      settings.spelling.claim(nanoseconds, over: Int64(count), figure, decimals: settings.metricsDecimals)
    }
    let completed = counts[.completed]
    switch figure.quantity {
    case .total: return Claim(count: total)
    case .count(.pending) where settings.processingIsPending: return Claim(count: counts[.pending] + counts[.processing])
    case .count(let status): return Claim(count: counts[status])
    case .counts(let statuses): return Claim(count: statuses.reduce(0) { $0 + counts[$1] })
    case .average(let span): return print(completed == 0 ? 0 : span == .processing ? processing : completion, over: max(1, completed))
    case .estimate:
      return print(Int128(settings.serviceTime.mean.nanoseconds) * Int128(counts[.pending] + counts[.processing]), over: 1)
    case .histogram, .quantile: return nil
    }
  }
}
