import Shared

/// What else is asked for beside plain orders: for each order of the plan, with which chance.
///
/// Which order it is that meets with it follows from the seed and the order's number alone.
struct Mix: Sendable {
  /// The raw value is its name on the command line.
  enum Kind: String, Sendable, CaseIterable {
    /// The order is cancelled as soon as it is acknowledged.
    case cancel
    /// The order's create is sent again as soon as it is acknowledged.
    case duplicate
    /// A create that must be refused is sent when the order is due.
    case invalid
    /// The list's first page is asked for when the order is due.
    case list
    /// Once the order is completed, the target is asked how long it took.
    case orderMetrics = "order-metrics"

    var exchange: RequestKind {
      switch self {
      case .cancel: .cancel
      case .duplicate: .duplicate
      case .invalid: .invalid
      case .list: .list
      case .orderMetrics: .orderMetrics
      }
    }

    fileprivate var part: UInt64 {
      switch self {
      case .cancel: 0
      case .duplicate: 1
      case .invalid: 2
      case .list: 3
      case .orderMetrics: 4
      }
    }
  }

  /// From 0 to 1; kinds that are not there never happen.
  var shares: [Kind: Double] = [:]
  var random = SeededRandom(seed: 0)

  var isEmpty: Bool { shares.isEmpty }

  /// - Parameter index: the order's number in the run.
  func includes(_ kind: Kind, _ index: UInt64) -> Bool {
    guard let share = shares[kind], share > 0 else { return false }
    return random.uniform(.traffic, index, part: kind.part) < share
  }
}
