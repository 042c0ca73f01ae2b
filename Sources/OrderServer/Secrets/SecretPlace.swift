/// Where a secret that the program makes for itself is kept, which follows from where its orders are.
enum SecretPlace: Sendable, Equatable {
  /// In a file whose name is this path and an ending: for `orders.db` that is `orders.db.secret`, or the like.
  case beside(path: String)
  /// In memory alone: it lasts as long as the orders do.
  case memory
  /// Nowhere: other servers work on the same orders, and each of them would make one of its own.
  case shared
}
