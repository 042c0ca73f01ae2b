/// What is done with an order that was accepted, or told of it. Each order is struck, or not, as a whole and for good.
public enum OrderFault: Sendable, Hashable {
  /// Nobody finds it after its acknowledgement: 404, and absent from the list. It is processed and counted all the same.
  case lost
  /// A second order is made of it, with an id that nobody is told; both are processed and counted.
  case twice
  /// Once begun, it is never ended.
  case stuck
  /// After the first answer that says it was begun or has ended, one says that it is pending.
  case backwards
  /// It is told to be completed from the beginning on; it is processed and counted in its time.
  case early
  /// Answers about it tell the content and the status of the order before it, under its own id.
  case anothersData
}

extension OrderFault: FaultFamily {
  var words: String {
    switch self {
    case .lost: "lost"
    case .twice: "twice"
    case .stuck: "stuck"
    case .backwards: "backwards"
    case .early: "early"
    case .anothersData: "anothers-data"
    }
  }

  static let forms: [FaultForm<OrderFault>] = [
    FaultForm("lost", .lost, "not to be found once acknowledged, though processed and counted"),
    FaultForm("twice", .twice, "there are two of it, one with an id that nobody is told"),
    FaultForm("stuck", .stuck, "begun, and never ended"),
    FaultForm("backwards", .backwards, "told to be pending once after it was told to be further"),
    FaultForm("early", .early, "told to be completed before it is"),
    FaultForm("anothers-data", .anothersData, "told with the content and the status of the order before it"),
  ]
}
