import Shared

/// How orders are polled, and how connections are used.
extension Scenario {
  /// When an order is polled: the gap, the delay of the first poll, and the jitter. By default the gap adapts; but it is 100 ms where users
  /// wait for their orders' completion, because there it is part of how a user behaves.
  static func poll(_ settings: SettingLayers, _ wait: Wait, orderTimeout: Duration) throws(ConfigurationError) -> PollPolicy {
    let said = try settings.value(.poll) { try PollPolicy(text: $0, adaptiveUpTo: orderTimeout) }
    var poll = said ?? (wait == .answer ? PollPolicy(adaptiveUpTo: orderTimeout) : PollPolicy(every: .milliseconds(100)))
    poll.delay = try settings.value(.pollFirst, .durationOrZero)?.nanoseconds
    poll.jitter = try settings.value(.pollJitter, .share) ?? 0
    return poll
  }

  /// Refuses a first poll that comes too late, or for which a list offers no place, and a contradiction about connections.
  func refusePolicies(_ settings: SettingLayers) throws(ConfigurationError) {
    if let delay = poll.delay {
      guard delay < orderTimeout.nanoseconds else {
        throw ConfigurationError(
          "\(settings.origin(.pollFirst)): after \(Duration.nanoseconds(delay).text) the order has been given up already: "
            + "it must be shorter than --order-timeout, which is \(orderTimeout.text)")
      }
      if dialect.status.source == .list {
        throw ConfigurationError(
          "\(settings.origin(.pollFirst)): the dialect \(dialect.name) finds orders in a list, all at once, so that none has a first poll "
            + "of its own; leave it out")
      }
    }
    try refusePrecision(settings)
    if !keepsAlive, let requestsPerConnection, requestsPerConnection > 1 {
      throw ConfigurationError(
        "\(settings.origin(.noKeepAlive)) and \(settings.origin(.maxRequestsPerConnection)) \(requestsPerConnection) contradict one another: "
          + "give one of them")
    }
  }

  /// Refuses an audit's precision where there are no polls, or where they are as frequent already.
  private func refusePrecision(_ settings: SettingLayers) throws(ConfigurationError) {
    guard let auditPrecision else { return }
    let origin = settings.origin(.auditPrecision)
    guard follows else { throw ConfigurationError("\(origin) and \(settings.origin(.noFollow)) contradict one another") }
    guard dialect.status.source != .list else {
      throw ConfigurationError(
        "\(origin): the dialect \(dialect.name) finds orders in a list, all at once, so that none can be asked for more often; "
          + "leave it out")
    }
    guard dialect.metrics?.figures.contains(where: \.quantity.isAverage) ?? false else {
      throw ConfigurationError("\(origin): the dialect \(dialect.name) has no average that it could be held against; leave it out")
    }
    guard auditPrecision.gap < poll.first else {
      throw ConfigurationError(
        "\(origin): all orders are polled as often already: it must be shorter than the gap of --poll, which is "
          + "\(Duration.nanoseconds(poll.first).text)")
    }
  }
}
