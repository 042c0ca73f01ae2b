/// Where a secret is kept that the program makes for itself. It follows from where the orders are kept.
enum SecretPlace: Sendable, Equatable {
  /// In a file whose name is this path with an ending, as in `orders.db.secret` beside `orders.db`.
  case beside(path: String)
  /// In memory alone: it lasts as long as the orders do.
  case memory
  /// Nowhere: other servers work on the same orders, and each would make a secret of its own.
  case shared
}
