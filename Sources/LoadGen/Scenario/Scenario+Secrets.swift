extension Scenario {
  /// Headers that hold no secret; what they say is useful in a report.
  private static let openHeaders: Set<String> = [
    "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection", "content-type", "expect", "host",
    "prefer", "user-agent",
  ]

  /// The secrets in the headers given to this run. Those of its accounts are not included.
  var givenSecrets: Secrets {
    var secrets = Secrets()
    for header in headers where !Self.openHeaders.contains(header.name.lowercased()) { secrets.add(header: header.value) }
    return secrets
  }
}
