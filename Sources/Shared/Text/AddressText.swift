import Foundation

/// Addresses of the internet, as text.
public enum AddressText {
  /// The bytes of an address, in the network's order: 4 of `127.0.0.1`, 16 of `::1`; `nil` where the text is none, as a name is.
  public static func bytes(_ text: String) -> [UInt8]? {
    // Where C ends a text.
    if text.utf8.contains(0) { return nil }
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }
}
