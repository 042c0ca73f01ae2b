import Foundation
import Hummingbird
import Logging
import Shared

@testable import OrderServer

/// The HTTP side over a memory store, with no workers: orders stay as the test puts them.
struct TestServer {
  let clock: OrderClock
  let store: any OrderStore
  let processor: OrderProcessor
  let orders: OrderService
  private let configuration: ServerConfiguration
  private let authenticator: Authenticator

  init(
    _ profile: Profile = .standard, store: (any OrderStore)? = nil, clock: OrderClock = .ticking(from: 1_767_323_045_000_000),
    serviceTime: ServiceTime = .fixed(.seconds(2)), createRateLimit: Rate? = nil, authenticator: Authenticator = .open
  ) {
    self.clock = clock
    self.authenticator = authenticator
    self.store = store ?? MemoryOrderStore(clock: clock)
    configuration = ServerConfiguration(profile: profile, serviceTime: serviceTime, createRateLimit: createRateLimit)
    processor = OrderProcessor(
      store: self.store, clock: clock, plan: configuration.plan, seed: 1,
      logger: Logger(label: "test", factory: SwiftLogNoOpLogHandler.init))
    orders = OrderService(store: self.store, clock: clock, processor: processor)
  }

  func test(_ body: (RouterClient) async throws -> Void) async throws {
    let application = try OrderServer(configuration) { _ in }.application(for: orders, authenticator: authenticator)
    try await body(RouterClient(responder: application.responder, logger: application.logger))
  }
}

struct Seen: Sendable {
  var code: Int
  var headers: HTTPFields
  var text: String

  /// - Throws: where the body is no JSON.
  var json: JSON { get throws { try JSONParser.parse(Array(text.utf8)) } }
}

extension JSON {
  /// A document as it stands in a test.
  init(parsing text: String) throws { self = try JSONParser.parse(Array(text.utf8)) }

  /// The member of an object; `nil` where there is none.
  subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The same, whatever the order of the members.
  func isSame(as other: JSON) -> Bool { sorted == other.sorted }

  var sorted: JSON {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(members.map { Member(name: $0.name, value: $0.value.sorted) }.sorted { $0.name < $1.name })
    default: self
    }
  }
}
