/// The accounts that a loop sends requests for, as places in the run's list of accounts.
struct AccountShare: Sendable {
  /// The accounts that orders are sent for, in turn; never empty. A target without accounts has a single nameless one.
  var orders = [0]
  /// The accounts whose lists of orders are read, if lists are read at all.
  var lists = [0]
  /// Whether they log in.
  var logIn = false
  /// Whether each account is registered before its first login.
  var register = false

  /// Every account that this loop needs a token for, unique and sorted.
  var all: [Int] { Array(Set(orders + lists)).sorted() }

  /// The account that an order is sent for.
  /// - Parameters:
  ///   - index: the order's number in the run.
  ///   - loops: how many event loops the run has.
  func account(of index: UInt64, loops: Int) -> Int {
    orders[Int(index / UInt64(max(1, loops)) % UInt64(orders.count))]
  }
}
