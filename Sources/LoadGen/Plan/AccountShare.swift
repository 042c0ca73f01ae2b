/// Whose requests a loop makes, by places in the run's accounts.
struct AccountShare: Sendable {
  /// The orders', each account in turn. A target without accounts has one that nobody names.
  var orders = [0]
  /// Those whose lists are read, where lists are read at all.
  var lists = [0]
  /// Whether they log in.
  var logIn = false
  /// Whether an account is made before its first login.
  var register = false

  /// Every account that this loop needs a token for.
  var all: [Int] { Array(Set(orders + lists)).sorted() }

  /// - Parameter index: the order's number in the run.
  func account(of index: UInt64, loops: Int) -> Int {
    orders[Int(index / UInt64(max(1, loops)) % UInt64(orders.count))]
  }
}
