import NIOCore

/// What requests from one address are counted under. For IPv6 it is the 64-bit network, because whoever has one address of it has all of
/// them. An IPv4-mapped IPv6 address counts as its IPv4 address.
struct CallerKey: Hashable, Sendable {
  private enum Family: UInt8 { case none, four, six }

  private let family: Family
  private let bits: UInt64

  private init(_ family: Family, _ bits: UInt64) {
    self.family = family
    self.bits = bits
  }

  /// For callers without an address, as over a Unix domain socket.
  static let none = CallerKey(.none, 0)

  init(_ address: SocketAddress?) {
    switch address {
    // Read by byte offsets, which are the same everywhere: the structures' members come from a different module on each system.
    case .v4(let address): self = withUnsafeBytes(of: address.address) { Self(four: $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) }
    case .v6(let address): self = withUnsafeBytes(of: address.address) { Self(sixteen: UnsafeRawBufferPointer(rebasing: $0[8..<24])) }
    case .unixDomainSocket, nil: self = .none
    }
  }

  private init(four bits: UInt32) { self.init(.four, UInt64(bits)) }

  /// - Parameter bytes: the 16 bytes of an IPv6 address.
  private init(sixteen bytes: UnsafeRawBufferPointer) {
    let (high, low) = (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let isFour = high == 0 && UInt64(bigEndian: low) >> 32 == 0xFFFF
    self = isFour ? Self(four: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self)) : Self(.six, high)
  }
}
