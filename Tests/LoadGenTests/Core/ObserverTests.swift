import Shared
import Testing

@testable import LoadRun

@Suite("When the metrics are read")
struct ObserverTests {
  private enum Step { case begin, timer, answered(Bool), rest, conclude, abandon }

  /// What is to be done after each step.
  private func turns(_ steps: [Step], isActive: Bool = true) -> [Observer.Turn] {
    var observer = Observer(isActive: isActive, accounts: [0])
    return steps.compactMap { step in
      switch step {
      case .begin: return observer.begin()
      case .timer: return observer.timer()
      case .answered(let wasRead): return observer.answered(wasRead)
      case .conclude: return observer.conclude()
      case .rest: observer.rest()
      case .abandon: observer.abandon()
      }
      return nil
    }
  }

  @Test("Once before the load, again and again within it, once after it")
  func course() {
    #expect(
      turns([.begin, .answered(true), .timer, .answered(true), .timer, .answered(false), .rest, .conclude, .answered(true)])
        == [.read, .ready, .read, .again, .read, .again, .read, .concluded])
  }

  @Test("The first and the last are tried three times, and the load begins and the run ends without them")
  func attempts() {
    #expect(turns([.begin, .answered(false), .answered(false), .answered(false)]) == [.read, .read, .read, .ready])
    #expect(
      turns([.begin, .answered(true), .rest, .conclude, .answered(false), .answered(false), .answered(false)])
        == [.read, .ready, .read, .read, .read, .concluded])
  }

  @Test("One at a time: the last waits for the one that is under way, and none begins while another is")
  func oneAtATime() {
    #expect(
      turns([.begin, .answered(true), .timer, .timer, .conclude, .answered(true), .answered(true)])
        == [.read, .ready, .read, .rest, .rest, .read, .concluded])
  }

  @Test("Where nobody reads, the load begins and ends at once")
  func inactive() {
    #expect(turns([.begin, .conclude], isActive: false) == [.ready, .concluded])
  }

  @Test("What was given up is not waited for")
  func abandoned() {
    #expect(
      turns([.begin, .answered(true), .timer, .abandon, .timer, .conclude, .answered(true)]) == [
        .read, .ready, .read, .rest, .read, .concluded,
      ])
  }

  @Test("A list is counted page by page, one account's after another's, and each reading begins anew")
  func counts() throws {
    var observer = Observer(isActive: true, accounts: [2, 5])
    func page(_ statuses: [OrderStatus?], next: String?) -> ListPage {
      ListPage(orders: statuses.map { ListPage.Entry(id: OrderID("o"), status: $0) }, next: next)
    }
    _ = observer.begin()
    #expect(observer.walk.account == 2)
    #expect(try observer.counted(page([.pending, nil], next: "a")))
    #expect(observer.walk.cursor == "a")
    #expect(try observer.counted(page([.completed], next: nil)))
    #expect(observer.walk.account == 5 && observer.walk.cursor == nil)
    #expect(try !observer.counted(page([.completed], next: nil)))
    #expect(observer.count.total == 4 && observer.count.byStatus == [.pending: 1, .completed: 2])
    _ = observer.answered(false)
    #expect(observer.count.total == 0 && observer.walk.account == 2)
  }

  @Test("A list that leads back to where it was, or on without end, is given up with the reason")
  func endless() throws {
    var walk = ListWalk(accounts: [0])
    #expect(try walk.advance(to: "a"))
    let circle = #expect(throws: Failure.self) { try walk.advance(to: "a") }
    #expect(circle?.kind == .badResponse && circle?.example.contains("after 2 pages") == true)
    var long = ListWalk(accounts: [0])
    for page in 1..<ListWalk.mostPages { #expect(try long.advance(to: "\(page)")) }
    #expect(throws: Failure.self) { try long.advance(to: "one more") }
  }
}
