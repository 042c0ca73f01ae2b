import NIOCore

/// Decides which address of a name the next connection is made to: each in turn, except that those that could not be reached rest for a
/// while, as long as there are others.
///
/// A value without sockets and clocks.
struct AddressRing {
  private struct Entry {
    var address: SocketAddress
    /// How many attempts in a row have failed.
    var failures = 0
    /// Not to be used before this instant.
    var restsUntil = Instant(0)
  }

  private var entries: [Entry]
  private var next = 0

  /// How long an address rests after it could not be reached, in nanoseconds; doubled after each further failure in a row, up to
  /// `longestRest`.
  static let firstRest: Int64 = 1_000_000_000
  static let longestRest: Int64 = 30_000_000_000

  /// - Parameters:
  ///   - addresses: in the order in which the system would try them; at least one.
  ///   - first: which of them to use first: loops that share a run begin with different ones.
  init(_ addresses: [SocketAddress], first: Int = 0) {
    entries = addresses.map { Entry(address: $0) }
    next = addresses.isEmpty ? 0 : first % addresses.count
  }

  /// Whether there is a choice.
  var hasSeveral: Bool { entries.count > 1 }

  /// The next address that is not resting; `nil` if all are.
  mutating func take(_ now: Instant) -> SocketAddress? {
    for offset in entries.indices {
      let index = (next + offset) % entries.count
      guard entries[index].restsUntil <= now else { continue }
      next = (index + 1) % entries.count
      return entries[index].address
    }
    return nil
  }

  /// The address whose rest ends first, for when an attempt must be made although all of them are resting.
  var leastTired: SocketAddress? { entries.min { $0.restsUntil < $1.restsUntil }?.address }

  /// Whether another address could be tried now.
  func hasOther(than address: SocketAddress?, _ now: Instant) -> Bool {
    entries.contains { $0.restsUntil <= now && $0.address != address }
  }

  /// The address could not be reached: it rests.
  mutating func failed(_ address: SocketAddress, _ now: Instant) {
    guard let index = entries.firstIndex(where: { $0.address == address }) else { return }
    let rest = min(Self.longestRest, Self.firstRest << Int64(min(entries[index].failures, 8)))
    entries[index].failures += 1
    entries[index].restsUntil = now + rest
  }

  /// The address was reached: its failures are forgotten.
  mutating func worked(_ address: SocketAddress) {
    guard let index = entries.firstIndex(where: { $0.address == address }), entries[index].failures > 0 else { return }
    entries[index].failures = 0
    entries[index].restsUntil = Instant(0)
  }

  /// Takes over the addresses that the name has now, keeping what is known of those that it had before. Does nothing if there are none.
  mutating func replace(with addresses: [SocketAddress]) {
    guard !addresses.isEmpty else { return }
    let known = entries
    entries = addresses.map { address in known.first { $0.address == address } ?? Entry(address: address) }
    next %= entries.count
  }
}
