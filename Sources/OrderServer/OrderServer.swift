import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import HummingbirdTLS
import NIOCore
import NIOSSL
import ServiceLifecycle
import Shared
import UnixSignals

/// The whole program: store, workers and HTTP, started in this order and stopped in the reverse.
struct OrderServer: Service {
  private let configuration: ServerConfiguration
  private let logger: Logger
  private let onListening: @Sendable (String) -> Void
  private let startedAt = Timestamp.ofMachine()

  /// - Parameter onListening: called once, with the URL, when orders may be sent.
  init(_ configuration: ServerConfiguration, onListening: @escaping @Sendable (String) -> Void) {
    self.configuration = configuration
    self.onListening = onListening
    logger = configuration.logFormat.logger(level: configuration.logLevel)
  }

  /// Serves until SIGTERM or SIGINT, or until the service group that it is part of is stopped.
  /// - Throws: `StoreOpeningError`; `ConfigurationError` for certificates, accounts or secrets that cannot be used, or where it cannot
  ///   listen; `StoreError` where the store cannot be closed. After an error in starting, no new database file is left behind.
  func run() async throws {
    for note in configuration.notes { logger.log(level: note.level, "\(note.text)") }
    let tls = try tlsConfiguration()
    let clock = OrderClock()
    let store: any OrderStore
    let accounts: any AccountStore
    switch configuration.store {
    case .memory:
      store = MemoryOrderStore(clock: clock)
      accounts = MemoryAccountStore()
    case .sqlite(let location):
      let orders = try SQLiteOrderStore(location, clock: clock) { [logger] in logger.warning("\($0)") }
      store = orders
      accounts = GroupCommittingAccountStore(file: orders.file)
    case .database(var location):
      if let file = configuration.storePasswordFile {
        location.password = Secret(try file.read { logger.warning("\($0)") }.withoutLineEnds)
      }
      let orders = try DatabaseOrderStore(
        location, clock: clock, connections: configuration.storeConnections, leaseLength: configuration.lease)
      store = orders
      accounts = GroupCommittingAccountStore(pool: orders.pool, orders.statements)
    }
    do {
      do {
        try await recover(store)
        try await fill(store, clock: clock)
      } catch let error as StoreError {
        throw StoreOpeningError(path: configuration.store.place, reason: error.description)
      }
      try await serve(store, authenticator: try await authenticator(accounts, clock: clock), clock: clock, tls: tls)
    } catch {
      await accounts.close()
      try? await store.close()
      throw error
    }
    await accounts.close()
    do { try await store.close() } catch let error as StoreError {
      logger.error("'\(configuration.store.place)' could not be closed as it should be: \(error)")
      throw error
    }
  }

  /// How connections are encrypted; `nil` where they are not.
  /// - Throws: `ConfigurationError` where certificates or keys are not as they should be.
  private func tlsConfiguration() throws -> TLSConfiguration? {
    try configuration.tls?.configuration(host: configuration.host, notify: { logger.notice("\($0)") }, warn: { logger.warning("\($0)") })
  }

  /// The check of callers that the profile asks for: none, Basic credentials, or bearer tokens.
  /// - Throws: `ConfigurationError` where accounts or secrets are not as they should be.
  private func authenticator(_ accounts: any AccountStore, clock: OrderClock) async throws -> Authenticator {
    let settings = configuration.accounts
    let warn = { (line: String) in logger.warning("\(line)") }
    switch configuration.profile.authentication {
    case .none: return .open
    case .basic:
      let known = try settings.basicAccounts.load(place: configuration.store.secretPlace, notify: { logger.notice("\($0)") }, warn: warn)
      // A Basic client sends its credentials with every request, so one with a wrong password has sent several before it learns that.
      return .basic(BasicCredentials(known), guesses: settings.loginRateLimit.map { GuessLimits(rate: $0, burst: 50) { clock.now() } })
    case .bearer:
      let secret = try TokenSecret.load(from: settings.tokenSecret, place: configuration.store.secretPlace, warn: warn)
      return .bearer(await AccountService(store: accounts, settings: settings, secret: secret, clock: clock))
    }
  }

  private func recover(_ store: any OrderStore) async throws {
    let recovery = try await store.recover()
    guard recovery.pending > 0 else { return }
    logger.notice("\(recovery.pending) orders are taken up again; \(recovery.requeued) of them were being processed")
  }

  /// Puts sample orders into a store that has no order yet.
  private func fill(_ store: any OrderStore, clock: OrderClock) async throws {
    guard configuration.sampleOrders > 0, try await store.tallies().total == 0 else { return }
    let now = clock.now()
    let samples = SampleOrders(count: configuration.sampleOrders, now: now) { configuration.profile.sampleID($0, now) }
    for order in samples.orders { try await store.insert(order) }
    logger.notice("\(configuration.sampleOrders) sample orders were put into the empty store")
  }

  private func serve(_ store: any OrderStore, authenticator: Authenticator, clock: OrderClock, tls: TLSConfiguration?) async throws {
    let seed = seed()
    let faults = try await Faults(
      configuration.faults, profile: configuration.profile, seed: seed, store: store, clock: clock)
    if let faults { logger.warning("\(faults.warning)") }
    let store = faults?.store ?? store
    let processor = OrderProcessor(store: store, clock: clock, plan: configuration.plan, seed: seed, logger: logger)
    let application = try application(
      for: OrderService(store: store, clock: clock, processor: processor), authenticator: authenticator, faults: faults, tls: tls)
    var group = ServiceGroupConfiguration(
      services: (faults?.services ?? []) + [processor, application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = configuration.stopLimit
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      // The graceful stop reached its limit, and connections that clients still kept busy were cut off. That is a stop as asked, too.
    } catch {
      throw ConfigurationError(listeningOn: configuration.host, port: configuration.port, failed: error) ?? error
    }
  }

  private func seed() -> UInt64 {
    let seed = configuration.seed ?? .random(in: 0...UInt64.max)
    let isDrawnFrom = !configuration.plan.isFixed || configuration.faults.contains { $0.isDrawn }
    if configuration.seed == nil, isDrawnFrom { logger.notice("what is random is drawn from --seed \(seed)") }
    return seed
  }

  /// The HTTP application over the given orders, without store and workers.
  /// - Parameters:
  ///   - faults: what it does wrong on purpose; `nil`: nothing.
  ///   - tls: `nil`: plain HTTP.
  /// - Throws: an error of NIOSSL where it refuses the TLS settings.
  func application(
    for orders: OrderService, authenticator: Authenticator, faults: Faults? = nil, tls: TLSConfiguration? = nil
  ) throws -> Application<RouterResponder<ServerRequestContext>> {
    let format = configuration.profile.format
    let limiter = configuration.createRateLimit.map { rate in
      // A burst may be as large as what is allowed in a second, from 1 to a million orders.
      RateLimiter<OrderRoutes.Sender>(rate: rate, burst: Int(min(1e6, max(1, rate.perSecond.rounded(.up)))))
    }
    let requests = RequestTallies(countsMilliseconds: configuration.faults.contains { $0.kind == .figures(.requests, .milliseconds) })
    var routes = Routes()
    let limits = configuration.limits
    OrderRoutes(
      format: format, authenticator: authenticator, orders: orders, limiter: limiter, maxBodySize: limits.maxBodySize
    ).add(to: &routes)
    if case .bearer(let accounts) = authenticator { AccountRoutes(accounts: accounts, maxBodySize: limits.maxBodySize).add(to: &routes) }
    MetricsRoutes(
      format: format, orders: orders, meanServiceTime: configuration.plan.serviceTime.mean, startedAt: startedAt, requests: requests,
      liar: faults?.liar
    ).add(to: &routes)
    HealthRoutes(orders: orders, faults: configuration.faults).add(to: &routes)
    DocumentationRoutes(
      name: configuration.profile.name, format: format, authenticator: authenticator, maxBodySize: limits.maxBodySize
    ).add(to: &routes)
    let places = ConnectionPlaces(within: limits, logger: logger)
    let http = HTTPServerBuilder.http1(within: limits, places: places, format: format, logger: logger)
    return try Application(
      router: routes.router(format: format, authenticator: authenticator, requests: requests, rim: faults?.rim, logger: logger),
      server: tls.map { try .tls(http, tlsConfiguration: $0) } ?? http,
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), backlog: 4_096,
        availableConnectionsDelegate: .maximum(places.limit + ServerLimits.refusedAtOnce, logger: logger)),
      onServerRunning: { channel in
        try? await AcceptPause.watch(channel, logger: logger)
        onListening(url(port: channel.localAddress?.port))
      },
      logger: logger)
  }

  private func url(port: Int?) -> String {
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    return "\(configuration.tls == nil ? "http" : "https")://\(host):\(port ?? configuration.port)"
  }
}
