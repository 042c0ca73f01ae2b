import NIOCore

/// Whose turn it is on a connection, and by when the client must have done its part. A pure value: it is told what happens, and when.
struct ConnectionTurns {
  /// How long each turn of a client may take.
  struct Limits {
    var idle: TimeAmount
    var read: TimeAmount
    var write: TimeAmount
    var farewell: TimeAmount
  }

  /// What the client has to do.
  enum Duty: Equatable {
    case sendRequest, finishHead, finishBody, takeAnswer, hangUp
  }

  private let limits: Limits
  /// Requests whose head has arrived and whose answer has not ended.
  private var unanswered = 0
  /// Whether the body of the latest request has not ended.
  private var isReceiving = false
  private var hasPartOfHead = false
  private var isAnswering = false
  /// Answers that have ended and have not been handed to the system yet.
  private var untaken = 0
  private var turnBegan: NIODeadline
  private var writeBegan: NIODeadline
  /// Whether the last answer has been sent: whatever comes now is not wanted.
  private(set) var isOver = false

  init(limits: Limits, now: NIODeadline) {
    self.limits = limits
    turnBegan = now
    writeBegan = now
  }

  /// Requests that have arrived whole and wait for their answers.
  private var waiting: Int { isReceiving ? max(0, unanswered - 1) : unanswered }

  /// Whether an answer that is sent now comes after the answers to all earlier requests.
  var isNext: Bool { waiting == 0 }

  /// Whether an answer that begins now is the one to the latest request.
  var isAtLatest: Bool { unanswered <= 1 }

  /// Whether the request that is being received can still be answered, or there is none.
  var canAnswer: Bool { !isAnswering && !(isReceiving && unanswered == 0) }

  /// Whether the request that is being received has been answered already.
  var isAnsweredEarly: Bool { isReceiving && unanswered == 0 }

  /// Some bytes of the next request's head have arrived; the time for a head runs from the first.
  mutating func partOfHeadCame(at now: NIODeadline) {
    guard !isReceiving, !hasPartOfHead else { return }
    hasPartOfHead = true
    turnBegan = now
  }

  mutating func headCame(at now: NIODeadline) {
    unanswered += 1
    isReceiving = true
    hasPartOfHead = false
    turnBegan = now
  }

  mutating func requestEnded(at now: @autoclosure () -> NIODeadline) {
    if unanswered == 0 { turnBegan = now() }
    isReceiving = false
  }

  mutating func answerBegan() { isAnswering = true }

  mutating func answerEnded(at now: NIODeadline) {
    isAnswering = false
    unanswered -= 1
    // A client that had nothing to do until now gets its whole time; a body has been arriving all along.
    if isNext, !isAnsweredEarly { turnBegan = now }
    if untaken == 0 { writeBegan = now }
    untaken += 1
  }

  /// The system has taken the oldest answer that it had not taken yet.
  mutating func answerTaken(at now: @autoclosure () -> NIODeadline) {
    untaken -= 1
    if untaken > 0 { writeBegan = now() }
  }

  mutating func end(at now: NIODeadline) {
    isOver = true
    turnBegan = now
  }

  /// What the client has to do, and by when; `nil` while it is the server's turn.
  var due: (duty: Duty, instant: NIODeadline)? {
    if isOver { return (.hangUp, turnBegan + limits.farewell) }
    let answer = untaken > 0 ? (Duty.takeAnswer, writeBegan + limits.write) : nil
    guard isNext else { return answer }
    let turn =
      isReceiving
      ? (Duty.finishBody, turnBegan + limits.read)
      : hasPartOfHead ? (.finishHead, turnBegan + limits.read) : (.sendRequest, turnBegan + limits.idle)
    if let answer, answer.1 < turn.1 { return answer }
    return turn
  }
}
