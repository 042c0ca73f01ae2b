import Dispatch
import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks up the addresses of a name with the system's resolver. That may take long, so it is done on a thread of its own, never on an event
/// loop's.
enum NameResolver {
  private static let queue = DispatchQueue(label: "names", attributes: .concurrent)

  /// - Parameter host: a name or an address.
  /// - Returns: each address once, in the order in which the system would try them; at least one.
  /// - Throws: `Failure` if there is none.
  static func addresses(of host: String, port: Int) async throws(Failure) -> [SocketAddress] {
    let result = await withCheckedContinuation { continuation in
      queue.async {
        continuation.resume(returning: Result { () throws(Failure) in try lookUp(host, port) })
      }
    }
    return try result.get()
  }

  /// An IPv6 address with its zone, as in `fe80::1%eth0`. The system's resolver accepts zones only with some addresses.
  /// - Returns: `nil` if the text is not an IPv6 address with a zone.
  /// - Throws: `Failure` if there is no such interface.
  static func zoned(_ host: String, port: Int) throws(Failure) -> SocketAddress? {
    guard let percent = host.firstIndex(of: "%"),
      case .v6(let plain)? = try? SocketAddress(ipAddress: String(host[..<percent]), port: port)
    else { return nil }
    let zone = String(host[host.index(after: percent)...])
    let index = if_nametoindex(zone)
    guard let scope = index > 0 ? index : UInt32(zone), scope > 0 else {
      throw Failure(.dns, "this machine has no interface '\(zone)'")
    }
    var address = plain.address
    // Written by offset and not by name: several modules import the system's header, and which of them a member is attributed to changes
    // from build to build.
    withUnsafeMutableBytes(of: &address) { $0.storeBytes(of: scope, toByteOffset: scopeOffset, as: UInt32.self) }
    return SocketAddress(address)
  }

  /// The offset of `sin6_scope_id`, the last field of a `sockaddr_in6` (RFC 3493, 3.3).
  private static let scopeOffset = MemoryLayout<sockaddr_in6>.size - MemoryLayout<UInt32>.size

  private static func lookUp(_ host: String, _ port: Int) throws(Failure) -> [SocketAddress] {
    var hints = addrinfo()
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var first: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &first)
    defer { if let first { freeaddrinfo(first) } }
    guard code == 0 else { throw Failure(.dns, "\(host) is not known (\(String(cString: gai_strerror(code))))") }
    var addresses: [SocketAddress] = []
    var entry = first
    while let info = entry?.pointee {
      if let address = SocketAddress(info), !addresses.contains(address) { addresses.append(address) }
      entry = info.ai_next
    }
    guard !addresses.isEmpty else { throw Failure(.dns, "\(host) has no address of IPv4 or IPv6") }
    return addresses
  }
}

extension SocketAddress {
  fileprivate init?(_ info: addrinfo) {
    guard let raw = info.ai_addr else { return nil }
    switch info.ai_family {
    case AF_INET: self.init(raw.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee })
    case AF_INET6: self.init(raw.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee })
    default: return nil
    }
  }

  /// The address in readable form: `127.0.0.1`, or the path of a socket.
  var words: String { ipAddress ?? pathname ?? description }
}
