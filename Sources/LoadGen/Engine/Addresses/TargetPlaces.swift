import NIOCore

/// Where a target can be reached: all addresses of its name, or its Unix socket.
package struct TargetPlaces: Sendable {
  /// In the order in which the system would try them; at least one.
  var addresses: [SocketAddress]
  /// The addresses that could not be reached before the first order, and why.
  var unreachable: [(address: SocketAddress, failure: Failure)] = []
  /// Looks the addresses up again; `nil` if they cannot change.
  var resolve: (@Sendable () async throws -> [SocketAddress])?

  /// A ring of the addresses, of which the unreachable ones begin with a rest.
  /// - Parameter first: which address to use first.
  func ring(first: Int) -> AddressRing {
    var ring = AddressRing(addresses, first: first)
    for (address, _) in unreachable { ring.failed(address, Instant(0)) }
    return ring
  }

  /// What a user should know about the addresses, as one line; `nil` if there is nothing noteworthy.
  /// - Parameter host: the host as it is written in the URL.
  package func note(_ host: String) -> String? {
    guard addresses.count > 1 else { return nil }
    let dead = unreachable.map(\.address)
    let used = addresses.filter { !dead.contains($0) }.map(\.words)
    let spread = used.count > 1 ? "connections are spread over them: \(used.joined(separator: ", "))" : "\(used.joined()) is used"
    let left = unreachable.map { "\($0.address.words) cannot be reached (\($0.failure.example)), and is left out as long as that is so" }
    // It is normal that a machine's own name has an address on which nobody listens.
    if host == "localhost", used.count == 1 { return nil }
    return (["\(host) has \(addresses.count) addresses, \(spread)"] + left).joined(separator: "; ")
  }
}
