import NIOCore

/// Which address of a name the next connection is made to: each in turn, but for those that could not be reached, which rest for a while
/// as long as there are others.
///
/// A value without sockets and clocks.
struct AddressRing {
  private struct Entry {
    var address: SocketAddress
    /// How often in a row it could not be reached.
    var failures = 0
    var restsUntil = Instant(0)
  }

  private var entries: [Entry]
  private var next = 0

  /// How long an address rests once it could not be reached; twice as long after each further time. In nanoseconds.
  static let firstRest: Int64 = 1_000_000_000
  static let longestRest: Int64 = 30_000_000_000

  /// - Parameters:
  ///   - addresses: in the order in which the system would try them; at least one.
  ///   - first: which of them is the first to be used: loops that share a run begin with different ones.
  init(_ addresses: [SocketAddress], first: Int = 0) {
    entries = addresses.map { Entry(address: $0) }
    next = addresses.isEmpty ? 0 : first % addresses.count
  }

  /// Whether there is a choice.
  var hasSeveral: Bool { entries.count > 1 }

  /// The next that does not rest; `nil` where all do.
  mutating func take(_ now: Instant) -> SocketAddress? {
    for offset in entries.indices {
      let index = (next + offset) % entries.count
      guard entries[index].restsUntil <= now else { continue }
      next = (index + 1) % entries.count
      return entries[index].address
    }
    return nil
  }

  /// The one that would rest for the shortest time: for whoever must try though all of them rest.
  var leastTired: SocketAddress? { entries.min { $0.restsUntil < $1.restsUntil }?.address }

  /// Whether another one could be tried now.
  func hasOther(than address: SocketAddress?, _ now: Instant) -> Bool {
    entries.contains { $0.restsUntil <= now && $0.address != address }
  }

  mutating func failed(_ address: SocketAddress, _ now: Instant) {
    guard let index = entries.firstIndex(where: { $0.address == address }) else { return }
    let rest = min(Self.longestRest, Self.firstRest << Int64(min(entries[index].failures, 8)))
    entries[index].failures += 1
    entries[index].restsUntil = now + rest
  }

  mutating func worked(_ address: SocketAddress) {
    guard let index = entries.firstIndex(where: { $0.address == address }), entries[index].failures > 0 else { return }
    entries[index].failures = 0
    entries[index].restsUntil = Instant(0)
  }

  /// The name has these addresses now. What is known of those that it had before stays.
  mutating func replace(with addresses: [SocketAddress]) {
    guard !addresses.isEmpty else { return }
    let known = entries
    entries = addresses.map { address in known.first { $0.address == address } ?? Entry(address: address) }
    next %= entries.count
  }
}
