extension Scenario {
  /// Headers that hold no secret: what they say is of use in a report.
  private static let openHeaders: Set<String> = [
    "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection", "content-type", "expect", "host",
    "prefer", "user-agent",
  ]

  /// What was given to this run, and goes with every request, but for its accounts.
  var givenSecrets: Secrets {
    var secrets = Secrets()
    for header in headers where !Self.openHeaders.contains(header.name.lowercased()) { secrets.add(header: header.value) }
    return secrets
  }
}
