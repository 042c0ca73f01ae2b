import NIOCore
import Testing

@testable import LoadRun

@Suite("A name's addresses")
struct AddressRingTests {
  private func addresses(_ count: Int) throws -> [SocketAddress] {
    try (1...count).map { try SocketAddress(ipAddress: "127.0.0.\($0)", port: 80) }
  }

  @Test("Connections are spread evenly over all addresses, and loops begin with different ones", arguments: 1...5)
  func spreads(count: Int) throws {
    let all = try addresses(count)
    for first in 0..<count {
      var ring = AddressRing(all, first: first)
      let taken = (0..<count * 10).compactMap { _ in ring.take(Instant(0)) }
      #expect(taken.first == all[first])
      for address in all { #expect(taken.filter { $0 == address }.count == 10) }
    }
  }

  @Test("An address that cannot be reached is left out for a while, longer each time, and is tried again; while all rest, none is taken")
  func rests() throws {
    let all = try addresses(2)
    var ring = AddressRing(all)
    var now = Instant(0)
    var rest = AddressRing.firstRest
    for _ in 0..<8 {
      ring.failed(all[0], now)
      #expect(ring.take(now) == all[1] && ring.take(now) == all[1])
      #expect(!ring.hasOther(than: all[1], now) && ring.hasOther(than: all[0], now))
      now = now + (rest - 1)
      #expect(ring.take(now) == all[1])
      now = now + 1
      #expect([ring.take(now), ring.take(now)].contains(all[0]))
      rest = min(AddressRing.longestRest, rest * 2)
    }
    ring.failed(all[0], now)
    ring.failed(all[1], now)
    #expect(ring.take(now) == nil)
    #expect(ring.leastTired == all[1], "it has failed once")
    ring.worked(all[0])
    #expect(ring.take(now) == all[0])
  }

  @Test("A name that is looked up again keeps what is known of its addresses, takes up new ones and forgets those that are gone")
  func replaces() throws {
    let all = try addresses(4)
    var ring = AddressRing(Array(all[..<3]))
    ring.failed(all[1], Instant(0))
    ring.replace(with: [all[1], all[3]])
    for _ in 0..<5 { #expect(ring.take(Instant(0)) == all[3]) }
    ring.replace(with: [])
    #expect(ring.take(Instant(0)) == all[3], "an answer without addresses changes nothing")
  }
}
