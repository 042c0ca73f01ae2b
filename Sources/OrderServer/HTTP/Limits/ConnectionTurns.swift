import NIOCore

/// Whose turn it is on a connection, and until when the client must have taken its own. It only counts: it is told what happens, and when.
struct ConnectionTurns {
  /// How long each turn of a client's may take.
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
  /// Requests whose head is here and whose answer has not ended.
  private var unanswered = 0
  /// Whether the body of the latest request has not ended.
  private var isReceiving = false
  private var hasPartOfHead = false
  private var isAnswering = false
  /// Answers that have ended and are not with the system yet.
  private var untaken = 0
  private var turnBegan: NIODeadline
  private var writeBegan: NIODeadline
  /// Whether the last answer is out: whatever comes now is not wanted.
  private(set) var isOver = false

  init(limits: Limits, now: NIODeadline) {
    self.limits = limits
    turnBegan = now
    writeBegan = now
  }

  /// Requests that came whole and wait for their answers.
  private var waiting: Int { isReceiving ? max(0, unanswered - 1) : unanswered }

  /// Whether an answer that is sent now comes after those to all requests before.
  var isNext: Bool { waiting == 0 }

  /// Whether an answer that begins now is to the latest request.
  var isAtLatest: Bool { unanswered <= 1 }

  /// Whether the request that is being received can still be answered, or there is none.
  var canAnswer: Bool { !isAnswering && !(isReceiving && unanswered == 0) }

  /// Whether the request that is being received has its answer already.
  var isAnsweredEarly: Bool { isReceiving && unanswered == 0 }

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
    // A client that had nothing to do until now has its whole time before it; a body has been coming all along.
    if isNext, !isAnsweredEarly { turnBegan = now }
    if untaken == 0 { writeBegan = now }
    untaken += 1
  }

  mutating func answerTaken(at now: @autoclosure () -> NIODeadline) {
    untaken -= 1
    if untaken > 0 { writeBegan = now() }
  }

  mutating func end(at now: NIODeadline) {
    isOver = true
    turnBegan = now
  }

  /// What the client has to do, and until when; `nil` while it is the server's turn.
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
