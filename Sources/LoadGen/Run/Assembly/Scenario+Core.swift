import Shared

/// What a scenario means for the core and the ledger of each loop, whether the engine or the simulation drives them.
extension Scenario {
  /// The settings of one loop's core: its share of connections, orders in hand and accounts.
  func coreSettings(_ share: LoopShare) -> CoreSettings {
    // A single loop reads the metrics for all.
    let scrapesMetrics = share.index == 0 && dialect.metrics != nil
    return CoreSettings(
      connections: Int(share.part(of: UInt64(connections))), scrapesMetrics: scrapesMetrics, metricsEvery: metricsEvery.nanoseconds,
      listedFigures: dialect.metrics.flatMap { $0.source == .list ? $0.figures : nil },
      poll: poll, auditPrecision: auditPrecision, pollInterval: maxPolls.map { RateLimiter.interval(of: $0, loops: share.count) } ?? 0,
      requestsPerConnection: keepsAlive ? requestsPerConnection.map(UInt32.init) : 1, connectRamp: connectRamp.nanoseconds,
      orderTimeout: orderTimeout.nanoseconds, requestTimeout: requestTimeout.nanoseconds, follows: follows,
      awaitsEnds: dialect.status.source == .untold, confirms: dialect.confirm != nil, namesOrders: dialect.create.id.place != .untold,
      searchesList: dialect.status.source == .list, pages: dialect.list?.pages?.way, gone: dialect.status.gone,
      pendingMayBeProcessing: dialect.status.words.pendingMayBeProcessing,
      usersWaitForCompletion: waitFor == .completion,
      maxOutstanding: max(1, Int(share.part(of: UInt64(maxOutstanding)))), readsItsWrites: dialect.assumptions.readYourWrites,
      mix: mix, readsSample: readsSample, refusesDuplicates: dialect.create.duplicates == .refused,
      countsRequests: dialect.metrics?.requests != nil, notesConnections: dialect.metrics?.hasCounters ?? false,
      tellsOrders: !orderFormats.isEmpty,
      accounts: accountShare(share, scrapesMetrics: scrapesMetrics),
      loops: share.count)
  }

  /// Whether a sample of the orders that have ended is read once more, though nobody asked for it: not where polls are rare on purpose.
  private var readsSample: Bool { follows && dialect.fullestPage != nil && mix.shares[.orderRead] == nil && maxPolls == nil }

  /// As what each order is written while the run goes on; empty where it is not.
  package var orderFormats: [OrderFormat] { [(tabulatesOrders, OrderFormat.csv), (logsOrders, .log)].filter(\.0).map(\.1) }

  /// - Parameters:
  ///   - epochAtZero: the Unix time at instant 0, in nanoseconds.
  ///   - orders: where each order is written; `nil` where none is.
  func ledgerSettings(epochAtZero: Int64, orders: OrderWriter? = nil) -> Ledger.Settings {
    Ledger.Settings(
      warmup: warmup.nanoseconds, planned: arrivalSpan, stages: stagePlans, epochAtZero: epochAtZero, assumptions: dialect.assumptions,
      audits: dialect.metrics != nil, hasSample: auditPrecision != nil,
      orderSpan: dialect.orderMetrics?.span, histograms: dialect.metrics?.spansOfSpreads ?? [],
      requests: dialect.metrics?.requests.map { ($0, RequestRoutes(dialect)) }, follows: follows,
      judgesLatencies: thresholds.contains { $0.metric.isOfTime }, orders: orders)
  }
}
