import Shared
import Synchronization

/// The orders whose next status is stamped but cannot be seen yet, because its transaction has not been committed.
///
/// A poll that is sent after the stamp must not be told the old status: the client would know for sure that the order had not
/// got there at that time, and the stamp would say that it had. So an order is entered here *before* its stamp is read from the
/// clock, and a read of it waits until the commit. A read that does not find it here began before the stamp or after the commit.
final class InFlightOrders: Sendable {
  private struct State {
    var ids: Set<OrderID> = []
    var readers: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Called before the clock is read for the stamps of these orders.
  func enter(_ ids: some Sequence<OrderID>) {
    state.withLock { $0.ids.formUnion(ids) }
  }

  /// Lets all waiting readers go on, because the transaction has ended, committed or not. There is one transaction at a time.
  func leave() {
    let readers = state.withLock { state in
      defer { state = State() }
      return state.readers
    }
    for reader in readers { reader.resume() }
  }

  /// Waits for the transaction that moves this order, if there is one.
  func settled(_ id: OrderID) async {
    await settled { $0.contains(id) }
  }

  /// Waits for the transaction that moves any order, if there is one.
  func allSettled() async {
    await settled { !$0.isEmpty }
  }

  private func settled(_ isConcerned: (Set<OrderID>) -> Bool) async {
    guard state.withLock({ isConcerned($0.ids) }) else { return }
    await withCheckedContinuation { reader in
      let mustWait = state.withLock { state in
        guard isConcerned(state.ids) else { return false }
        state.readers.append(reader)
        return true
      }
      if !mustWait { reader.resume() }
    }
  }
}
