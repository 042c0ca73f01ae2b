import Shared

/// Of which order answers are, as far as they show.
struct AnswerSubject: Sendable {
  private var identity: OrderIdentity
  private var content: SentContent

  init(_ dialect: Dialect, _ values: SlotValues) {
    identity = OrderIdentity(dialect)
    content = SentContent(dialect.create.request, values)
  }

  /// Whether an answer that means this may show which order it is of.
  static func mayBeShown(by reply: Reply) -> Bool {
    switch reply {
    case .poll(.status), .orderRead: true
    default: false
    }
  }

  /// What an answer means, given which order it shows to be of.
  /// - Parameters:
  ///   - id: the order's that was asked for.
  ///   - index: its number, counted from 0 over the run.
  mutating func checked(_ reply: Reply, _ response: borrowing ResponseParser, asked id: OrderID, index: UInt64) -> Reply {
    switch reply {
    case .poll(.status):
      guard let failure = identity.contradiction(response, asked: id) else { return reply }
      return .poll(.anotherOrder(failure))
    case .orderRead(let read, _) where (200..<300).contains(response.status):
      if let failure = identity.contradiction(response, asked: id) { return .orderRead(.anotherOrder(failure), .untold) }
      return .orderRead(read, response.withBody { content.content($0, of: index, id) })
    default: return reply
    }
  }
}
