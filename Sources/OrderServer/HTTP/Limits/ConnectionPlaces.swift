import Logging
import Synchronization

/// Counts the connections that are served, up to a limit.
final class ConnectionPlaces: Sendable {
  let limit: Int
  private let taken = Atomic(0)

  init(_ limit: Int) { self.limit = limit }

  /// Takes a place.
  /// - Returns: `false` where none is left. A place that was taken must be given back.
  func take() -> Bool {
    guard taken.add(1, ordering: .relaxed).newValue > limit else { return true }
    taken.subtract(1, ordering: .relaxed)
    return false
  }

  func giveBack() { taken.subtract(1, ordering: .relaxed) }
}

extension ConnectionPlaces {
  /// As many places as the limits say, or fewer where the process's file descriptors do not suffice, which is logged. May raise the
  /// process's limit on file descriptors.
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
