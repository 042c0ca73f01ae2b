/// The orders of one loop that are to be written, a batch at a time: what an order costs its loop is that it is copied to the end of an array.
struct OrderFeed: Sendable {
  /// How many orders are handed on together, at most.
  static let most = 512
  /// How long the first of them waits at most before it is handed on with the next that comes, in nanoseconds.
  static let longest: Int64 = 1_000_000_000

  private let writer: OrderWriter
  private var orders: [ToldOrder] = []

  init(to writer: OrderWriter) { self.writer = writer }

  mutating func add(_ order: ToldOrder) {
    if orders.isEmpty { orders.reserveCapacity(Self.most) }
    orders.append(order)
    if orders.count == Self.most || order.at - orders[0].at >= Self.longest { flush() }
  }

  /// So many orders are over that nobody tells of one by one.
  func passOver(_ count: Int) { writer.passOver(count) }

  /// Hands on what there is.
  mutating func flush() {
    guard !orders.isEmpty else { return }
    writer.take(orders)
    orders = []
  }
}
