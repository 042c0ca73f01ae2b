import NIOCore

/// Where a target is reached: every address of its name, or its socket.
package struct TargetPlaces: Sendable {
  /// In the order in which the system would try them; at least one.
  var addresses: [SocketAddress]
  /// Those of them that could not be reached before the first order, and why.
  var unreachable: [(address: SocketAddress, failure: Failure)] = []
  /// Finds the addresses out anew; `nil` where they cannot change.
  var resolve: (@Sendable () async throws -> [SocketAddress])?

  /// - Parameter first: which address is the first to be used.
  func ring(first: Int) -> AddressRing {
    var ring = AddressRing(addresses, first: first)
    for (address, _) in unreachable { ring.failed(address, Instant(0)) }
    return ring
  }

  /// What a person should know of them; `nil` where there is nothing to choose from.
  /// - Parameter host: as the URL has it.
  package func note(_ host: String) -> String? {
    guard addresses.count > 1 else { return nil }
    let dead = unreachable.map(\.address)
    let used = addresses.filter { !dead.contains($0) }.map(\.words)
    let spread = used.count > 1 ? "connections are spread over them: \(used.joined(separator: ", "))" : "\(used.joined()) is used"
    let left = unreachable.map { "\($0.address.words) cannot be reached (\($0.failure.example)), and is left out as long as that is so" }
    // That a machine's own name has an address that nobody listens at is the rule.
    if host == "localhost", used.count == 1 { return nil }
    return (["\(host) has \(addresses.count) addresses, \(spread)"] + left).joined(separator: "; ")
  }
}
