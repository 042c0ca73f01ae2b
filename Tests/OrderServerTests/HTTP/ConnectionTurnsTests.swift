import NIOCore
import Testing

@testable import OrderServer

@Suite("Whose turn it is on a connection")
struct ConnectionTurnsTests {
  /// What happens on a connection.
  enum Event {
    case bytes, head, end, answer, answered, taken, over
  }

  /// Idle 60, read 30, write 20, farewell 2.
  private func turns(_ events: [(Int64, Event)]) -> ConnectionTurns {
    var turns = ConnectionTurns(
      limits: ConnectionTurns.Limits(idle: .seconds(60), read: .seconds(30), write: .seconds(20), farewell: .seconds(2)), now: at(0))
    for (second, event) in events {
      let now = at(second)
      switch event {
      case .bytes: turns.partOfHeadCame(at: now)
      case .head: turns.headCame(at: now)
      case .end: turns.requestEnded(at: now)
      case .answer: turns.answerBegan()
      case .answered: turns.answerEnded(at: now)
      case .taken: turns.answerTaken(at: now)
      case .over: turns.end(at: now)
      }
    }
    return turns
  }

  private func at(_ second: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(second) }

  @Test(
    "The client has its own time for each of its turns, and none is counted while it is the server's",
    arguments: [
      ([], .sendRequest, 60),
      // Bytes that dribble in do not put off the end.
      ([(5, .bytes), (20, .bytes), (30, .bytes)], .finishHead, 35),
      ([(5, .bytes), (20, .head)], .finishBody, 50),
      ([(5, .head), (6, .end)], nil, 0),
      ([(5, .head), (6, .end), (7, .bytes)], nil, 0),
      ([(5, .head), (6, .end), (100, .answer)], nil, 0),
      ([(5, .head), (6, .end), (100, .answer), (100, .answered)], .takeAnswer, 120),
      ([(5, .head), (6, .end), (100, .answer), (100, .answered), (101, .taken)], .sendRequest, 160),
      // A head that began meanwhile has its whole time from the answer on.
      ([(5, .head), (6, .end), (7, .bytes), (100, .answer), (100, .answered), (101, .taken)], .finishHead, 130),
      // Two requests at once: the second's body counts only when the first is answered.
      ([(5, .head), (6, .end), (6, .head)], nil, 0),
      ([(5, .head), (6, .end), (6, .head), (50, .answer), (50, .answered), (51, .taken)], .finishBody, 80),
      // Answered before its body has come: the body is awaited no longer than otherwise.
      ([(5, .head), (10, .answer), (10, .answered), (10, .taken)], .finishBody, 35),
      ([(5, .head), (10, .answer), (10, .answered), (10, .taken), (12, .end)], .sendRequest, 72),
      // Whoever takes one answer has the whole time for the next.
      ([(0, .head), (0, .end), (0, .head), (0, .end), (9, .answered), (9, .answered)], .takeAnswer, 29),
      ([(0, .head), (0, .end), (0, .head), (0, .end), (9, .answered), (9, .answered), (25, .taken)], .takeAnswer, 45),
      ([(5, .head), (40, .over)], .hangUp, 42),
    ] as [([(Int64, Event)], ConnectionTurns.Duty?, Int64)])
  func due(events: [(Int64, Event)], duty: ConnectionTurns.Duty?, second: Int64) {
    let due = turns(events).due
    #expect(due?.duty == duty)
    if duty != nil { #expect(due?.instant == at(second)) }
  }

  @Test("A refusal waits for the answers before it, and is not sent into or after the answer to its own request")
  func refusals() {
    let waits = turns([(0, .head), (0, .end), (1, .bytes)])
    #expect(!waits.isNext)
    let follows = turns([(0, .head), (0, .end), (1, .bytes), (2, .answer), (2, .answered)])
    #expect(follows.isNext && follows.canAnswer)
    #expect(turns([(0, .head)]).isNext && turns([(0, .head)]).canAnswer)
    #expect(!turns([(0, .head), (1, .answer)]).canAnswer)
    let early = turns([(0, .head), (1, .answer), (1, .answered)])
    #expect(early.isNext && early.isAnsweredEarly && !early.canAnswer)
  }
}

@Suite("File descriptors for connections")
struct DescriptorBudgetTests {
  @Test("There are as many connections as are wanted where descriptors suffice, fewer where they do not, and one always")
  func connections() {
    let budget = DescriptorBudget(limit: 1_024, cores: 4)
    #expect(budget.connections(wanted: 100) == 100)
    #expect(budget.connections(wanted: 4_096) == 1_024 - 80 - 64)
    #expect(DescriptorBudget(limit: budget.needed(for: 4_096), cores: 4).connections(wanted: 4_096) == 4_096)
    #expect(DescriptorBudget(limit: 20, cores: 4).connections(wanted: 4_096) == 1)
  }
}
