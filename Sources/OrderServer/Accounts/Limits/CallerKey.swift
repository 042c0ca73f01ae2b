import NIOCore

/// Whom requests from one address are counted under. Of IPv6 that is the network of 64 bits, as whoever has one address there has all of
/// them; an IPv4 address in IPv6's clothes is itself.
struct CallerKey: Hashable, Sendable {
  private enum Family: UInt8 { case none, four, six }

  private let family: Family
  private let bits: UInt64

  private init(_ family: Family, _ bits: UInt64) {
    self.family = family
    self.bits = bits
  }

  /// Of those who have no address, as over a socket of this machine.
  static let none = CallerKey(.none, 0)

  init(_ address: SocketAddress?) {
    switch address {
    // By their places in the structures, which are alike everywhere: the members' own module is another on each system.
    case .v4(let address): self = withUnsafeBytes(of: address.address) { Self(four: $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) }
    case .v6(let address): self = withUnsafeBytes(of: address.address) { Self(sixteen: UnsafeRawBufferPointer(rebasing: $0[8..<24])) }
    case .unixDomainSocket, nil: self = .none
    }
  }

  private init(four bits: UInt32) { self.init(.four, UInt64(bits)) }

  /// - Parameter bytes: of an address of IPv6.
  private init(sixteen bytes: UnsafeRawBufferPointer) {
    let (high, low) = (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let isFour = high == 0 && UInt64(bigEndian: low) >> 32 == 0xFFFF
    self = isFour ? Self(four: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)) : Self(.six, high)
  }
}
