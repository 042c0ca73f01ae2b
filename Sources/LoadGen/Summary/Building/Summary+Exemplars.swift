import Shared

extension Summary.Exemplar {
  /// - Parameter secrets: hidden in ids, because the target makes the ids and may repeat a secret in them.
  static func list(_ exemplars: Exemplars, hiding secrets: Secrets) -> [Summary.Exemplar] {
    var all =
      exemplars.lost.map { Self($0, reason: "lost: acknowledged, and later unknown to the target") }
      + exemplars.wentBack.map { Self($0, reason: "went back: seen processing, and pending afterwards") }
      + exemplars.sharingID.map { Self($0, reason: "shared its id: an earlier order was given the same one") }
      + exemplars.slowest.map { Self($0, reason: "among the slowest") }
    for index in all.indices { all[index].orderID = all[index].orderID.map(secrets.hidden) }
    return all
  }

  private init(_ exemplar: Exemplars.Exemplar, reason: String) {
    let order = exemplar.order
    let events: [(Instant, String)] = [
      (order.due, "due"), (order.dispatched, "dispatched"), (order.createSent, "create sent"),
      (order.createReceived, "create received"),
      (order.lastPendingSent == order.createSent ? .never : order.lastPendingSent, "last poll sent that said pending"),
      (order.startedReceived, "first answer received that said started"),
      (order.lastUnfinishedSent == order.createSent ? .never : order.lastUnfinishedSent, "last poll sent that said not ended"),
      (order.endedReceived, "first answer received that said ended"),
    ]
    self.init(
      orderID: exemplar.id?.text, reason: reason,
      events: events.filter { $0.0 != .never }.sorted { $0.0 < $1.0 }.map { Event(t: $0.0.seconds, what: $0.1) })
  }
}
