import Foundation
import LoadReports
import LoadRun
import Shared

/// A note for the case that the environment names a proxy. Other programs would use it; loadgen does not, as it would measure the proxy.
enum ProxyNote {
  /// - Returns: `nil` where the environment names no proxy for this target.
  static func text(_ target: TargetURL, _ environment: [String: String]) -> String? {
    guard target.socketPath == nil else { return nil }
    let names = target.isEncrypted ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"]
    guard let name = (names + ["all_proxy", "ALL_PROXY"]).first(where: { !(environment[$0] ?? "").isEmpty }) else { return nil }
    let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    guard !covers(exceptions, target) else { return nil }
    // The variable's value may hold a password, and is not shown.
    return
      "\(name) is set and not used: loadgen goes to \(target.host) itself, so that no proxy is measured; no_proxy=\(target.name) says so, too"
  }

  /// Writes the note to standard error, if there is one.
  static func say(_ target: TargetURL) {
    guard let note = text(target, ProcessInfo.processInfo.environment) else { return }
    Console.note("note: \(note)")
  }

  /// Whether `no_proxy` covers the target: by its host, or by a domain that contains it, perhaps with a port; by a block of addresses; or
  /// by `*`.
  static func covers(_ exceptions: String, _ target: TargetURL) -> Bool {
    let entries = exceptions.split { $0 == "," || $0.isWhitespace }
    return entries.contains { entry in
      if entry == "*" { return true }
      if entry.contains("/") { return isIn(entry, target.name) }
      let (host, port) = parts(entry)
      guard port == nil || port == target.port else { return false }
      let domain = host.hasPrefix("*.") ? host.dropFirst(2) : host.hasPrefix(".") ? host.dropFirst() : host[...]
      return !domain.isEmpty && (target.name.lowercased() == domain || target.name.lowercased().hasSuffix(".\(domain)"))
    }
  }

  /// The parts of `host`, `host:port`, `[::1]:port` or `::1`.
  private static func parts(_ entry: Substring) -> (host: String, port: Int?) {
    let text = entry.lowercased()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      return (String(text[text.index(after: text.startIndex)..<end]), Int(text[text.index(after: end)...].dropFirst()))
    }
    let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count == 2, let port = Int(pieces[1]) else { return (text, nil) }
    return (String(pieces[0]), port)
  }

  /// Whether an address belongs to a block such as `10.0.0.0/8`.
  private static func isIn(_ block: Substring, _ host: String) -> Bool {
    let pieces = block.split(separator: "/", omittingEmptySubsequences: false)
    guard pieces.count == 2, let bits = Int(pieces[1]), let network = AddressText.bytes(String(pieces[0])),
      let address = AddressText.bytes(host),
      network.count == address.count, 0...network.count * 8 ~= bits
    else { return false }
    return (0..<bits).allSatisfy { bit in
      let mask: UInt8 = 0x80 >> UInt8(bit % 8)
      return network[bit / 8] & mask == address[bit / 8] & mask
    }
  }
}
