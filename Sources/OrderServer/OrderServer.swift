import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Shared
import UnixSignals

/// The whole program: store, workers and HTTP, started in this order and stopped in the reverse.
struct OrderServer {
  private let configuration: ServerConfiguration
  private let logger: Logger

  init(_ configuration: ServerConfiguration) {
    self.configuration = configuration
    var logger = Logger(label: "order-server", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = configuration.logLevel
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT.
  /// - Throws: `StoreOpeningError`, `ConfigurationError` where it cannot listen.
  func run() async throws {
    let clock = OrderClock()
    let store: any OrderStore =
      switch configuration.store {
      case .memory: MemoryOrderStore(clock: clock)
      case .sqlite(let location): try SQLiteOrderStore(location, clock: clock)
      }
    do {
      try await recover(store)
      try await serve(store, clock: clock)
    } catch {
      try? await store.close()
      throw error
    }
    try await store.close()
  }

  private func recover(_ store: any OrderStore) async throws {
    let recovery = try await store.recover()
    guard recovery.pending > 0 else { return }
    logger.notice("\(recovery.pending) orders are taken up again; \(recovery.requeued) of them were being processed")
  }

  private func serve(_ store: any OrderStore, clock: OrderClock) async throws {
    let processor = OrderProcessor(store: store, clock: clock, bench: bench(), logger: logger)
    let orders = OrderService(store: store, clock: clock, processor: processor)
    let application = application(for: orders) { channel in announce(channel) }
    var group = ServiceGroupConfiguration(
      services: [processor, application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = configuration.stopLimit
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      // Asked to stop, and a client kept its connection busy for longer than that: it has been cut off.
      logger.notice("connections that were still busy after \(configuration.stopLimit.text) were closed")
    } catch {
      throw listeningError(error) ?? error
    }
  }

  /// The HTTP side alone.
  func application(
    for orders: OrderService, onReady: @escaping @Sendable (any Channel) async -> Void
  ) -> Application<RouterResponder<ServerRequestContext>> {
    let dialect = configuration.profile
    var routes = Routes()
    OrderRoutes(dialect: dialect, orders: orders).add(to: &routes)
    MetricsRoutes(dialect: dialect, orders: orders, meanServiceTime: configuration.serviceTime.mean.seconds).add(to: &routes)
    HealthRoutes(dialect: dialect, orders: orders).add(to: &routes)
    return Application(
      router: routes.router(logger: logger),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), backlog: 4_096),
      onServerRunning: onReady, logger: logger)
  }

  private func bench() -> Workbench {
    let seed = configuration.seed ?? .random(in: 0...UInt64.max)
    if configuration.seed == nil, !configuration.serviceTime.isFixed { logger.notice("service times are drawn from --seed \(seed)") }
    return Workbench(workers: configuration.workers, serviceTime: configuration.serviceTime, seed: seed)
  }

  /// The line that tells whoever started the program that it may send orders, and where.
  private func announce(_ channel: any Channel) {
    let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
    let port = channel.localAddress?.port ?? configuration.port
    var line = ByteBuffer()
    (["event": "listening", "url": .string("http://\(host):\(port)")] as JSON).encode(into: &line)
    line.writeString("\n")
    // Unbuffered. Nobody may be reading, which is no reason not to serve.
    try? FileHandle.standardOutput.write(contentsOf: Data(line.readableBytesView))
  }

  private func listeningError(_ error: any Error) -> ConfigurationError? {
    let place = "\(configuration.host):\(configuration.port)"
    switch error {
    case let error as IOError where error.errnoCode == EADDRINUSE:
      return ConfigurationError(description: "cannot listen on \(place): the port is in use; choose another with --port, or 0 for any")
    case let error as IOError:
      let reason = String(cString: strerror(error.errnoCode))
      return ConfigurationError(description: "cannot listen on \(place): \(reason); choose others with --host and --port")
    case is SocketAddressError:
      return ConfigurationError(description: "cannot listen on \(place): there is no such host; name an address of this machine")
    default:
      return nil
    }
  }
}
