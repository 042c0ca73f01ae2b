import Shared

/// The columns of `orders.csv`, in their order; the raw value is a column's head. Times are in seconds since the run began, and durations in
/// seconds; what is unknown or unbounded is empty.
enum OrderColumn: String, CaseIterable {
  case index, stage, due, dispatched, sent, received, code, outcome
  case orderID = "order_id"
  case finalStatus = "final_status"
  case createdEarliest = "created_earliest"
  case createdLatest = "created_latest"
  case begunEarliest = "begun_earliest"
  case begunLatest = "begun_latest"
  case endedEarliest = "ended_earliest"
  case endedLatest = "ended_latest"
  case completionLower = "completion_lower"
  case completionUpper = "completion_upper"
  case queueWaitLower = "queue_wait_lower"
  case queueWaitUpper = "queue_wait_upper"
  case processingLower = "processing_lower"
  case processingUpper = "processing_upper"
  case turnaroundLower = "turnaround_lower"
  case turnaroundUpper = "turnaround_upper"
  case polls

  /// Kept, as `allCases` is made anew each time.
  static let all = allCases

  func add(_ order: ToldOrder, to text: inout [UInt8]) {
    let history = order.history
    switch self {
    case .index: text.append(number: history.index)
    case .stage: if order.stage > 0 { text.append(number: UInt64(order.stage)) }
    case .due: text.append(instant: history.due)
    case .dispatched: text.append(instant: history.dispatched)
    case .sent: text.append(instant: history.createSent)
    case .received: text.append(instant: order.answered)
    case .code: if order.code > 0 { text.append(number: UInt64(order.code)) }
    case .outcome: text.append(contentsOf: (order.outcome.wasAccepted ? "accepted" : order.outcome.rawValue).utf8)
    case .orderID: order.id?.withUTF8 { text.append(field: $0) }
    case .finalStatus: if order.outcome.wasAccepted { text.append(contentsOf: order.outcome.rawValue.utf8) }
    case .createdEarliest: if order.outcome.mayExist { text.append(instant: history.createSent) }
    case .createdLatest: if order.outcome.mayExist { text.append(instant: history.createReceived) }
    case .begunEarliest: if order.outcome.mayExist { text.append(instant: history.lastPendingSent) }
    case .begunLatest: if order.outcome.mayExist { text.append(instant: history.startedReceived) }
    case .endedEarliest: if order.outcome.mayExist { text.append(instant: history.lastUnfinishedSent) }
    case .endedLatest: if order.outcome.mayExist { text.append(instant: history.endedReceived) }
    case .completionLower: if order.outcome.wasAccepted { text.append(seconds: history.completion.lower) }
    case .completionUpper: if order.outcome.wasAccepted { text.append(end: history.completion) }
    case .queueWaitLower: if order.outcome.wasAccepted { text.append(seconds: history.queueWait.lower) }
    case .queueWaitUpper: if order.outcome.wasAccepted { text.append(end: history.queueWait) }
    case .processingLower: if order.outcome.wasAccepted { text.append(seconds: history.processing.lower) }
    case .processingUpper: if order.outcome.wasAccepted { text.append(end: history.processing) }
    case .turnaroundLower: if order.outcome.wasAccepted { text.append(seconds: history.turnaround.lower) }
    case .turnaroundUpper: if order.outcome.wasAccepted { text.append(end: history.turnaround) }
    case .polls: text.append(number: UInt64(order.polls))
    }
  }
}

extension [UInt8] {
  /// Nothing for what was never seen.
  fileprivate mutating func append(instant: Instant) {
    if instant != .never { append(seconds: instant.nanoseconds) }
  }

  /// Nothing where there is no upper end.
  fileprivate mutating func append(end bounds: Bounds<Int64>) {
    if let upper = bounds.upper { append(seconds: upper) }
  }

  /// A text by RFC 4180: in quotes where it has any, or a comma, or an end of a line. Nothing of it is changed otherwise, so that a spreadsheet
  /// may take an id that begins with `=` for a formula.
  fileprivate mutating func append(field bytes: UnsafeRawBufferPointer) {
    let quote = UInt8(ascii: "\"")
    guard bytes.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 0x0A || $0 == 0x0D }) else {
      return append(contentsOf: bytes)
    }
    append(quote)
    for byte in bytes {
      if byte == quote { append(quote) }
      append(byte)
    }
    append(quote)
  }
}
