import Shared

/// A store that does with orders what it was told to do wrong, and tells of them what is not so. What it keeps is kept by an honest one,
/// whose tallies it passes on.
actor FaultyOrderStore: OrderStore {
  private let store: any OrderStore
  private let plan: FaultPlan
  /// Whether an order is shown to the account alone that made it.
  private let hasOwners: Bool
  /// Told of orders that were completed just now.
  private let onCompleted: @Sendable ([ClaimedOrder]) async -> Void
  /// Creates so far, whatever became of them.
  private var creates = UInt64(0)
  private var struck = StruckOrders<OrderID>()
  private var ids = WrongIDs()

  /// Orders are stored here whose create is answered with an error, so that nobody tells the workers.
  nonisolated let lookInterval: Duration?
  nonisolated let beganAt: Timestamp

  init(_ store: any OrderStore, plan: FaultPlan, hasOwners: Bool, onCompleted: @escaping @Sendable ([ClaimedOrder]) async -> Void) {
    self.store = store
    self.plan = plan
    self.hasOwners = hasOwners
    self.onCompleted = onCompleted
    beganAt = store.beganAt
    lookInterval = plan.creates.isEmpty ? store.lookInterval : min(store.lookInterval ?? .milliseconds(50), .milliseconds(50))
  }

  // MARK: Creates

  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID {
    let index = creates
    creates += 1
    let answer = plan.creates.first { $0.strikes(index) }?.fault
    if answer == .missingThough201 { return order.id }
    var order = order
    let told = ids.told(for: &order, plan.ids.first { $0.strikes(index) }?.fault, latest: struck.latest)
    let id = try await insert(order, under: key, striking: plan.orders.filter { $0.strikes(index) }.map(\.fault))
    switch answer {
    case .storedThough500: throw APIError.unforeseen
    case .storedThoughRefused:
      throw APIError.invalid([Violation(field: "total_amount", found: "\(order.totalAmount)", expected: "something else")])
    case .missingThough201, nil: return id == order.id ? told : id
    }
  }

  /// Stores an order, and another one like it where it is to be processed twice.
  private func insert(_ order: Order, under key: IdempotencyKey?, striking faults: [OrderFault]) async throws -> OrderID {
    let before = struck.record(of: order.id)
    // It is marked before a worker can take it.
    for fault in faults { struck.mark(order.id, fault) }
    do {
      let id = try await store.insert(order, under: key)
      // It is no new one where its key was used before.
      guard id == order.id else {
        struck.set(before, of: order.id)
        return id
      }
    } catch {
      struck.set(before, of: order.id)
      throw error
    }
    struck.stored(order.id)
    if faults.contains(.twice) {
      var second = order
      second.id = .unique(at: order.createdAt)
      _ = try await store.insert(second, under: nil)
    }
    return order.id
  }

  func cancel(_ id: OrderID) async throws -> Order? {
    struck.has(id, .lost) ? nil : try await store.cancel(id)
  }

  // MARK: What is told

  func order(_ id: OrderID) async throws -> Order? {
    guard !struck.has(id, .lost) else { return nil }
    guard var order = try await store.order(id) else { return nil }
    if let other = struck.other(id), let data = try await store.order(other) {
      order = Order(
        id: id, userID: hasOwners ? order.userID : data.userID, itemIDs: data.itemIDs, totalAmount: data.totalAmount,
        createdAt: data.createdAt, status: data.status, startedAt: data.startedAt, endedAt: data.endedAt)
    }
    return order.told(as: struck.told(id, order.status))
  }

  func status(of id: OrderID) async throws -> OrderStatus? {
    guard !struck.has(id, .lost), let status = try await store.status(of: id) else { return nil }
    if let other = struck.other(id), let data = try await store.status(of: other) { return struck.told(id, data) }
    return struck.told(id, status)
  }

  /// Those that go backwards, and those that are told with another's data, do so on their own pages alone.
  func orders(_ query: OrderQuery) async throws -> OrderPage {
    var page = try await store.orders(query)
    page.orders = page.orders.filter { !struck.has($0.id, .lost) }.map { order in
      struck.has(order.id, .early) ? order.told(as: struck.told(order.id, order.status)) : order
    }
    return page
  }

  // MARK: What is done

  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder] {
    var turn = turn
    turn.completing.removeAll { struck.has($0.id, .stuck) }
    turn.failing.removeAll { struck.has($0.id, .stuck) }
    let taken = try await store.advance(turn)
    if !turn.completing.isEmpty { await onCompleted(turn.completing) }
    return taken
  }

  func recover() async throws -> Recovery { try await store.recover() }
  func lastNumber() async throws -> Int64? { try await store.lastNumber() }
  func tallies() async throws -> Tallies { try await store.tallies() }
  func check() async throws { try await store.check() }
  func close() async throws { try await store.close() }
}

extension Order {
  /// The order as if it stood there.
  fileprivate func told(as status: OrderStatus) -> Order {
    guard status != self.status else { return self }
    var order = self
    order.status = status
    order.startedAt = status == .pending ? nil : startedAt ?? createdAt
    order.endedAt = status.hasEnded ? endedAt ?? order.startedAt : nil
    return order
  }
}
