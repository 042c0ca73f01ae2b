import Foundation

/// What this process's file descriptors are for: connections, those that are refused, and everything else that it has open.
struct DescriptorBudget: Equatable {
  /// For the store, the log, and what each event loop needs.
  var reserve: Int
  var limit: Int

  /// - Parameter limit: how many descriptors the process may have.
  init(limit: Int, cores: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.limit = limit
    reserve = 64 + 4 * cores
  }

  /// As many of the wanted connections as there are descriptors for, but at least one.
  func connections(wanted: Int) -> Int {
    max(1, min(wanted, limit - reserve - ServerLimits.refusedAtOnce))
  }

  /// How many descriptors it takes to serve that many connections.
  func needed(for connections: Int) -> Int { connections + reserve + ServerLimits.refusedAtOnce }

  /// The budget of this process. Raises the process's limit where that is necessary and allowed.
  static func raised(for connections: Int) -> DescriptorBudget {
    var limit = rlimit()
    // A limit that cannot be read is no reason not to serve.
    guard getrlimit(descriptors, &limit) == 0 else { return DescriptorBudget(limit: .max) }
    let budget = DescriptorBudget(limit: Int(clamping: limit.rlim_cur))
    let needed = budget.needed(for: connections)
    guard budget.limit < needed else { return budget }
    limit.rlim_cur = min(rlim_t(needed), limit.rlim_max)
    return setrlimit(descriptors, &limit) == 0 ? DescriptorBudget(limit: Int(clamping: limit.rlim_cur)) : budget
  }

  #if os(Linux)
    private static let descriptors = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let descriptors = RLIMIT_NOFILE
  #endif
}
