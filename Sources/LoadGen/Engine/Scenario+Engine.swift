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
          ledger: ledgerSettings(epochAtZero: clock.epochAtZero), dialect: dialect, encoder: encoder, address: address, clock: clock)
      },
      plans: shares.map(plan))
  }
}
