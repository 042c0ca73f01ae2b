import HTTPTypes
import Hummingbird
import Logging
import Shared

@testable import OrderServer

/// The HTTP side of a server with faults over a memory store, with no workers: orders stay as the test puts them.
struct FaultyServer {
  let faults: Faults
  let orders: OrderService
  private let configuration: ServerConfiguration

  init(_ faults: String..., profile: Profile = .standard, clock: OrderClock = .ticking(from: 0)) async throws {
    let faults = try faults.map { try Fault(text: $0) }
    configuration = ServerConfiguration(profile: profile, serviceTime: .fixed(.seconds(2)), faults: faults)
    guard
      let made = try await Faults(faults, profile: profile, seed: 1, store: MemoryOrderStore(clock: clock), clock: clock)
    else { throw StoreError.closed }
    self.faults = made
    orders = OrderService(
      store: made.store, clock: clock,
      processor: OrderProcessor(
        store: made.store, clock: clock, plan: configuration.plan, seed: 1,
        logger: Logger(label: "test", factory: SwiftLogNoOpLogHandler.init)))
  }

  func test(_ body: (RouterClient) async throws -> Void) async throws {
    let application = try OrderServer(configuration) { _ in }.application(for: orders, authenticator: .open, faults: faults)
    try await body(RouterClient(responder: application.responder, logger: application.logger))
  }

  /// One turn of the workers.
  @discardableResult
  func advance(completing finished: [ClaimedOrder] = [], taking limit: Int = 0) async throws -> [ClaimedOrder] {
    try await faults.store.advance(completing: finished, taking: limit)
  }
}

extension RouterClient {
  /// Creates an order in the standard format.
  func create() async throws -> Seen { try await create(#""user_id":"u","item_ids":["a"],"total_amount":1"#) }

  /// Creates an order, and gives back the id that is told.
  func createdID() async throws -> String {
    guard case .string(let id)? = try await create().json["order_id"] else { return "" }
    return id
  }

  /// The status that is told of an order; `nil` where it is not to be found.
  func status(_ id: String) async throws -> String? {
    let seen = try await send(.get, "/orders/\(id)/status")
    guard seen.code == 200, case .string(let status)? = try seen.json["status"] else { return nil }
    return status
  }
}
