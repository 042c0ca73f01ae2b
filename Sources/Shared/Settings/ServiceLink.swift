/// The variables that Kubernetes sets in every pod for each service in its namespace, named after the service: those of a service called
/// `order-server` look like settings of the program of that name.
public enum ServiceLink {
  /// Whether it is one of them: `X_SERVICE_HOST`, `X_SERVICE_PORT`, `X_SERVICE_PORT_HTTP`, `X_PORT=tcp://10.96.0.1:8000`,
  /// `X_PORT_8000_TCP`, and the last with `_PROTO`, `_PORT` or `_ADDR` after it.
  /// - Parameter prefix: what the program's variables begin with, with its underscore: `ORDER_SERVER_`. More words may follow it, where the
  ///   service's name is longer.
  public static func isOne(_ name: String, value: String, after prefix: String) -> Bool {
    guard name.hasPrefix(prefix) else { return false }
    let words = name.dropFirst(prefix.count).split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    return words.indices.contains { begin in
      // The words before `begin` belong to the service's name.
      matches(Array(words[begin...]), value: value)
    }
  }

  private static func matches(_ words: [String], value: String) -> Bool {
    switch words[0] {
    case "SERVICE": return words == ["SERVICE", "HOST"] || words.count >= 2 && words[1] == "PORT" && !words.contains("")
    case "PORT" where words.count == 1: return isAddress(value)
    case "PORT":
      guard words.count >= 3, UInt16(words[1]) != nil, protocols.contains(words[2].lowercased()) else { return false }
      return words.count == 3 ? isAddress(value) : words.count == 4 && ["PROTO", "PORT", "ADDR"].contains(words[3])
    default: return false
    }
  }

  private static let protocols = ["tcp", "udp", "sctp"]

  /// Whether the value is like `tcp://10.96.0.1:8000`.
  private static func isAddress(_ value: String) -> Bool {
    guard let scheme = protocols.first(where: { value.hasPrefix("\($0)://") }) else { return false }
    let place = value.dropFirst(scheme.count + 3)
    guard let colon = place.lastIndex(of: ":"), colon != place.startIndex else { return false }
    return UInt16(place[place.index(after: colon)...]) != nil
  }
}
