import Shared

/// What can be asked of the server about orders, whatever the API's format.
struct OrderService: Sendable {
  let store: any OrderStore
  let clock: OrderClock
  let processor: OrderProcessor

  /// Accepts a new order. When it returns, the order is stored and will be processed.
  /// - Returns: the order as it was accepted. Under a key that was used before, it has the id of the first order.
  /// - Throws: `StoreError.duplicate` where the client's id is taken; `StoreError.keyReused` where the key was used for another request;
  ///   `StoreError.unavailable` and `.closed`.
  @discardableResult
  func accept(_ draft: OrderDraft, under key: IdempotencyKey? = nil) async throws -> Order {
    let now = clock.now()
    var order = Order(
      id: draft.id ?? .unique(at: now), userID: draft.userID, itemIDs: draft.itemIDs, totalAmount: draft.totalAmount, createdAt: now)
    order.id = try await store.insert(order, under: key)
    processor.ordersArrived()
    return order
  }

  /// - Throws: `UnknownOrder`.
  func order(_ id: OrderID) async throws -> Order {
    guard let order = try await store.order(id) else { throw UnknownOrder(id: id) }
    return order
  }

  /// - Throws: `UnknownOrder`.
  func status(of id: OrderID) async throws -> OrderStatus {
    guard let status = try await store.status(of: id) else { throw UnknownOrder(id: id) }
    return status
  }

  func orders(_ query: OrderQuery) async throws -> OrderPage {
    try await store.orders(query)
  }

  /// Cancels an order that no worker has taken.
  /// - Returns: the order as it is now.
  /// - Throws: `UnknownOrder`; `StoreError.notPending`.
  func cancel(_ id: OrderID) async throws -> Order {
    guard let order = try await store.cancel(id) else { throw UnknownOrder(id: id) }
    return order
  }

  /// Since when orders have been counted.
  var beganAt: Timestamp { store.beganAt }

  func tallies() async throws -> Tallies {
    try await store.tallies()
  }

  /// Asks the store whether it can be written to.
  func health() async -> Health {
    var health = Health(store: nil, isProcessing: !processor.hasStopped)
    do {
      try await store.check()
    } catch StoreError.unavailable(let reason) {
      health.store = reason
    } catch StoreError.damaged {
      health.store = "damaged"
    } catch {
      health.store = "closed"
    }
    return health
  }

  /// Whether the server can do its work at this moment.
  struct Health: Sendable, Equatable {
    /// What keeps the store from being written to; `nil` where nothing does.
    var store: String?
    var isProcessing: Bool

    var isReady: Bool { store == nil && isProcessing }
  }
}

/// No order of this id was ever accepted.
struct UnknownOrder: Error, Equatable {
  var id: OrderID
}
