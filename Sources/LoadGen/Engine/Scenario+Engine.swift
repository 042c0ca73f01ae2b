import NIOCore
import Shared

extension Scenario {
  /// What each event loop is given: its share of users, connections and orders in hand.
  func engine(target: TargetURL, address: SocketAddress, clock: EngineClock) -> Engine.Settings {
    var ownID: Template?
    if case .own(let template) = dialect.create.id.place { ownID = template }
    let encoder = RequestEncoder(
      dialect, values: SlotValues(random: SeededRandom(seed: seed), nonce: nonce, accounts: accounts, ownID: ownID),
      host: target.authority, basePath: target.basePath,
      headers: [("User-Agent", "loadgen/\(LoadGenCommand.version)")] + (keepsAlive ? [] : [("Connection", "close")]) + headers)
    let shares = (0..<eventLoops).map { LoopShare(index: $0, count: eventLoops) }
    return Engine.Settings(
      loops: shares.map { share in
        EngineLoop.Settings(
          core: coreSettings(share),
          ledger: Ledger.Settings(
            warmup: warmup.nanoseconds, epochAtZero: clock.epochAtZero, assumptions: dialect.assumptions,
            audits: dialect.metrics != nil, orderSpan: dialect.orderMetrics?.span, follows: follows,
            judgesLatencies: thresholds.contains { $0.metric.isOfTime }),
          dialect: dialect, encoder: encoder, address: address, clock: clock)
      },
      plans: shares.map(plan))
  }

  private func coreSettings(_ share: LoopShare) -> CoreSettings {
    // One loop reads for all.
    let observes = share.index == 0 && dialect.metrics != nil
    return CoreSettings(
      connections: Int(share.part(of: UInt64(connections))), observes: observes, countsList: dialect.metrics?.source == .list,
      poll: poll, pollInterval: maxPolls.map { PollPace.interval(of: $0, loops: share.count) } ?? 0,
      requestsPerConnection: keepsAlive ? requestsPerConnection.map(UInt32.init) : 1, connectRamp: connectRamp.nanoseconds,
      orderTimeout: orderTimeout.nanoseconds, requestTimeout: requestTimeout.nanoseconds, follows: follows,
      searchesList: dialect.status.source == .list, usersWaitForCompletion: waitFor == .completion,
      maxOutstanding: max(1, Int(share.part(of: UInt64(maxOutstanding)))), readsItsWrites: dialect.assumptions.readYourWrites,
      mix: mix, refusesDuplicates: dialect.create.duplicates == .refused, accounts: accountShare(share, observes: observes),
      loops: share.count)
  }
}
