import NIOCore
import Shared

extension Scenario {
  /// What each event loop is given: its share of users, connections and orders in hand.
  /// - Parameters:
  ///   - places: the addresses at which the target is reached.
  ///   - orders: where each order is written; `nil` where none is.
  package func engine(
    target: TargetURL, places: TargetPlaces, tls: TLSClient? = nil, clock: EngineClock, orders: OrderWriter? = nil
  ) -> Engine.Settings {
    let encoder = requestEncoder(host: target.authority, basePath: target.basePath, closes: !keepsAlive)
    let shares = (0..<eventLoops).map { LoopShare(index: $0, count: eventLoops) }
    return Engine.Settings(
      loops: shares.map { share in
        EngineLoop.Settings(
          core: coreSettings(share),
          ledger: ledgerSettings(epochAtZero: clock.epochAtZero, orders: orders), dialect: dialect, encoder: encoder, secrets: givenSecrets,
          addresses: places.ring(first: share.index), tls: tls, clock: clock)
      },
      plans: shares.map(plan), resolve: places.resolve)
  }

  /// Encodes the run's requests.
  /// - Parameters:
  ///   - host: the value of the `Host` header.
  ///   - basePath: precedes every path; empty, or begins with a slash.
  ///   - closes: whether each request asks for the connection to be closed after its answer.
  func requestEncoder(host: String, basePath: String, closes: Bool) -> RequestEncoder {
    var ownID: Template?
    if case .own(let template) = dialect.create.id.place { ownID = template }
    return RequestEncoder(
      dialect, values: SlotValues(random: SeededRandom(seed: seed), nonce: nonce, accounts: accounts, ownID: ownID),
      host: host, basePath: basePath, closes: closes, given: headers)
  }
}
