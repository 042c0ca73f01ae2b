import NIOCore
import Shared

/// The values for the examples in a profile's description: the profile's own example of an order, as if it had been sent and processed.
struct Samples {
  private let draft: OrderDraft

  /// The profile's example must be a valid order; otherwise the program ends.
  init(_ format: APIFormat) {
    var body = ByteBuffer()
    format.draft.example.encode(into: &body)
    do {
      draft = try format.draft(Array(body.readableBytesView))
    } catch {
      preconditionFailure("a profile's example is no order: \(error)")
    }
  }

  var id: OrderID { draft.id ?? OrderID("01a1fbc3-7fac-7c81-9360-1bfb3c9ca34f") }

  func order(_ status: OrderStatus) -> Order {
    let created = Timestamp(microseconds: 1_767_323_045_123_456)
    var order = Order(
      id: id, userID: draft.userID.isEmpty ? "1" : draft.userID, itemIDs: draft.itemIDs, totalAmount: draft.totalAmount,
      createdAt: created, status: status)
    if status == .processing || status == .completed { order.startedAt = created.advanced(by: .microseconds(1_561)) }
    if status.hasEnded { order.endedAt = created.advanced(by: .microseconds(101_561)) }
    return order
  }

  var page: OrderPage { OrderPage(orders: [order(.completed)], next: OrderCursor(number: 1)) }

  /// The figures of thirteen completed orders, one that is being processed, and two that are pending.
  var figures: Figures {
    var tallies = Tallies()
    for _ in 0..<13 { tallies.add(order(.completed)) }
    tallies.add(order(.processing))
    for _ in 0..<2 { tallies.add(order(.pending)) }
    return Figures(tallies: tallies, meanServiceTime: .milliseconds(100))
  }

  /// Those of a server that has answered one request so far.
  var serverFigures: ServerFigures {
    var durations = RequestDurations()
    durations.add(.microseconds(412))
    let start = order(.pending).createdAt
    return ServerFigures(
      ordersBeganAt: start, startedAt: start, requests: [RequestKind(method: "GET", route: "/ping", status: 200): durations])
  }
}
