import Shared

@testable import OrderServer

/// A store that can do nothing, and says so.
struct FailingStore: OrderStore {
  private struct Unforeseen: Error { var text: String }

  let beganAt = Timestamp(microseconds: 0)
  private let error: any Error

  init(reason: String) { error = StoreError.unavailable(reason) }
  init(unforeseen text: String) { error = Unforeseen(text: text) }

  func recover() async throws -> Recovery { throw error }
  func insert(_ order: Order, under key: IdempotencyKey?) async throws -> OrderID { throw error }
  func orders(_ query: OrderQuery) async throws -> OrderPage { throw error }
  func lastNumber() async throws -> Int64? { throw error }
  func cancel(_ id: OrderID) async throws -> Order? { throw error }
  func order(_ id: OrderID) async throws -> Order? { throw error }
  func status(of id: OrderID) async throws -> OrderStatus? { throw error }
  func advance(_ turn: WorkerTurn) async throws -> [ClaimedOrder] { throw error }
  func tallies() async throws -> Tallies { throw error }
  func check() async throws { throw error }
  func close() async throws { throw error }
}
