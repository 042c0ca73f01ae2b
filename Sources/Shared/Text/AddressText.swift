import Foundation

/// Addresses of the internet, as text.
public enum AddressText {
  /// The bytes of an IP address in network order: 4 for `127.0.0.1`, 16 for `::1`; `nil` where the text is not an address, but, say, a host
  /// name.
  public static func bytes(_ text: String) -> [UInt8]? {
    // C would end the text at a NUL, and take what stands before it for an address.
    if text.utf8.contains(0) { return nil }
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
