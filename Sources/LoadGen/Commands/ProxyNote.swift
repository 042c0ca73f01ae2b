import Foundation
import LoadReports
import LoadRun
import Shared

/// What is said where the environment names a proxy, which others would use: a load that goes through one would measure that.
enum ProxyNote {
  /// - Returns: `nil` where nothing names a proxy for this target.
  static func text(_ target: TargetURL, _ environment: [String: String]) -> String? {
    guard target.socketPath == nil else { return nil }
    let names = target.isEncrypted ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"]
    guard let name = (names + ["all_proxy", "ALL_PROXY"]).first(where: { !(environment[$0] ?? "").isEmpty }) else { return nil }
    let exceptions = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
    guard !covers(exceptions, target) else { return nil }
    // Its value may hold a password.
    return
      "\(name) is set and not used: loadgen goes to \(target.host) itself, so that no proxy is measured; no_proxy=\(target.name) says so, too"
  }

  /// Says it on standard error, where there is something to say.
  static func say(_ target: TargetURL) {
    guard let note = text(target, ProcessInfo.processInfo.environment) else { return }
    Console.note("note: \(note)")
  }

  /// Whether `no_proxy` names the target: its host, or a domain that it belongs to, perhaps with a port; a block of addresses; or `*`.
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

  /// `host`, `host:port`, `[::1]:port` or `::1`.
  private static func parts(_ entry: Substring) -> (host: String, port: Int?) {
    let text = entry.lowercased()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      return (String(text[text.index(after: text.startIndex)..<end]), Int(text[text.index(after: end)...].dropFirst()))
    }
    let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
    guard pieces.count == 2, let port = Int(pieces[1]) else { return (text, nil) }
    return (String(pieces[0]), port)
  }

  /// Whether an address lies in a block, as in `10.0.0.0/8`.
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
