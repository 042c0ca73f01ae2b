extension ToldOrder {
  /// Adds the order as `orders.jsonl` has it: its outcome and its stamps, in nanoseconds, without those that were never made.
  func addObject(to text: inout [UInt8]) {
    var history = history
    // A refused create has no other receipt.
    if outcome == .rejected { history.createReceived = at }
    text.append(contentsOf: #"{"order":{"#.utf8)
    text.append(stamp: "create_received", history.createReceived)
    text.append(stamp: "create_sent", history.createSent)
    text.append(stamp: "ended_received", history.endedReceived)
    text.append(stamp: "last_pending_sent", history.lastPendingSent)
    text.append(stamp: "last_unfinished_sent", history.lastUnfinishedSent)
    text.append(contentsOf: #""outcome":"\#(outcome.rawValue)""#.utf8)
    if history.startedReceived != .never { text.append(UInt8(ascii: ",")) }
    text.append(stamp: "started_received", history.startedReceived, isLast: true)
    text.append(contentsOf: "}}".utf8)
  }
}

extension [UInt8] {
  fileprivate mutating func append(stamp name: String, _ instant: Instant, isLast: Bool = false) {
    guard instant != .never else { return }
    append(contentsOf: "\"\(name)\":\(instant.nanoseconds)\(isLast ? "" : ",")".utf8)
  }
}
