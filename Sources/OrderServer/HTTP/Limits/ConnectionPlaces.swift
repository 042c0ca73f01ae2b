import Logging
import Synchronization

/// How many connections may be served at the same time, and how many are.
final class ConnectionPlaces: Sendable {
  let limit: Int
  private let taken = Atomic(0)

  init(_ limit: Int) { self.limit = limit }

  /// - Returns: `false` where there is none left; otherwise it must be given back.
  func take() -> Bool {
    guard taken.add(1, ordering: .relaxed).newValue > limit else { return true }
    taken.subtract(1, ordering: .relaxed)
    return false
  }

  func giveBack() { taken.subtract(1, ordering: .relaxed) }
}

extension ConnectionPlaces {
  /// As many as the limits say, or fewer where the process's file descriptors do not suffice, which is logged.
  convenience init(within limits: ServerLimits, logger: Logger) {
    let budget = DescriptorBudget.raised(for: limits.maxConnections)
    let connections = budget.connections(wanted: limits.maxConnections)
    if connections < limits.maxConnections {
      logger.warning(
        """
        \(connections) connections are served at a time, and not \(limits.maxConnections): this process may have \(budget.limit) file \
        descriptors; raise the limit by 'ulimit -n \(budget.needed(for: limits.maxConnections))', or lower --max-connections
        """)
    }
    self.init(connections)
  }
}
