import Shared
import Testing

@testable import LoadRun

@Suite("When the metrics are read")
struct MetricsScraperTests {
  private enum Step { case begin, timer, answered(Bool), rest, conclude, abandon }

  /// What is to be done after each step.
  private func turns(_ steps: [Step], isActive: Bool = true) -> [MetricsScraper.Turn] {
    var scraper = MetricsScraper(isActive: isActive, accounts: [0])
    return steps.compactMap { step in
      switch step {
      case .begin: return scraper.begin()
      case .timer: return scraper.timer()
      case .answered(let wasRead): return scraper.answered(wasRead ? [:] : nil)
      case .conclude: return scraper.conclude()
      case .rest: scraper.rest()
      case .abandon: scraper.abandon()
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

  @Test("Within the load each that brought figures is followed by a second one soon, where that is asked for")
  func pairs() {
    var scraper = MetricsScraper(isActive: true, accounts: [0], readsTwice: true)
    _ = (scraper.begin(), scraper.answered([:]))
    let answers = [true, true, true, false, true, false, false, true]
    let turns = answers.map { wasRead in
      _ = scraper.timer()
      return scraper.answered(wasRead ? [:] : nil)
    }
    #expect(turns == [.soon, .again, .soon, .again, .soon, .again, .again, .soon])
    #expect(scraper.conclude() == .read && scraper.answered([:]) == .concluded)
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

  @Test("A target that asks to be left alone is asked again no earlier, also before the load and after it")
  func patience() {
    var scraper = MetricsScraper(isActive: true, accounts: [0])
    #expect(scraper.begin() == .read)
    #expect(scraper.answered(nil, patience: 5) == .later(5))
    #expect(scraper.timer() == .read && scraper.answered([:]) == .ready)
    #expect(scraper.timer() == .read && scraper.answered(nil, patience: 7) == .again, "the core knows when that is")
    #expect(scraper.conclude(after: 6) == .later(6) && scraper.timer() == .read && scraper.answered(nil, patience: 9) == .later(9))
    #expect(scraper.timer() == .read && scraper.answered([:]) == .concluded)
  }

  @Test("Where nothing else shows that orders end, the last is repeated until no more are open than at first, but not for ever")
  func awaitsEnds() {
    func claims(_ open: Int) -> Claims { [.counts([.pending, .processing]): Claim(count: open), .total: Claim(count: 9)] }
    var scraper = MetricsScraper(isActive: true, accounts: [0], awaitsEnds: true)
    #expect(scraper.begin() == .read && scraper.answered(claims(2)) == .ready)
    #expect(scraper.timer() == .read && scraper.answered(claims(1)) == .again)
    #expect(scraper.conclude() == .read && scraper.answered(claims(3)) == .again)
    #expect(scraper.timer() == .read && scraper.answered(claims(2)) == .concluded, "those of before may stay")
    #expect(scraper.conclude() == .read && scraper.answered(claims(3), isLate: true) == .concluded)
    #expect(scraper.conclude() == .read && scraper.answered([.total: Claim(count: 9)]) == .concluded, "it does not say")
  }

  @Test("How many have not ended is what is open, or what has not ended of all; what is counted twice counts once")
  func unfinished() {
    let ended: Claims = [.total: Claim(count: 9), .count(.completed): Claim(count: 3), .count(.failed): Claim(count: 1)]
    var both = ended
    both[.counts([.completed, .failed])] = Claim(count: 4)
    #expect(ended.unfinished == 5 && both.unfinished == 5)
    #expect(([.count(.pending): Claim(count: 1), .count(.processing): Claim(count: 2)] as Claims).unfinished == 3)
    #expect(([.count(.completed): Claim(count: 1)] as Claims).unfinished == nil && ([.total: Claim(count: 1)] as Claims).unfinished == nil)
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
    var scraper = MetricsScraper(isActive: true, accounts: [2, 5], way: .cursor("next"))
    func page(_ statuses: [OrderStatus?], next: String?) -> ListPage {
      ListPage(orders: statuses.map { ListPage.Entry(id: OrderID("o"), status: $0) }, next: next)
    }
    _ = scraper.begin()
    #expect(scraper.paginator.account == 2)
    #expect(try scraper.counted(page([.pending, nil], next: "a")))
    #expect(scraper.paginator.cursor == "a")
    #expect(try scraper.counted(page([.completed], next: nil)))
    #expect(scraper.paginator.account == 5 && scraper.paginator.cursor == nil)
    #expect(try !scraper.counted(page([.completed], next: nil)))
    #expect(scraper.count.total == 4 && scraper.count.byStatus == [.pending: 1, .completed: 2])
    _ = scraper.answered(nil)
    #expect(scraper.count.total == 0 && scraper.paginator.account == 2)
  }

  @Test("By offset a page is asked for by the orders before it, by number by its number, of each account anew, until one has no orders")
  func counted() throws {
    func page(_ count: Int) -> ListPage {
      ListPage(orders: (0..<count).map { ListPage.Entry(id: OrderID("\($0)"), status: nil) }, next: "x")
    }
    for (way, cursors) in [
      (Dialect.List.Pages.Way.offset, ["3", "5"]), (.number(first: 1), ["2", "3"]), (.number(first: 0), ["1", "2"]),
    ] {
      var paginator = ListPaginator(accounts: [4, 7], way: way)
      for account in [4, 7] {
        #expect(paginator.account == account && paginator.cursor == nil)
        #expect(try paginator.advance(past: page(3)) && paginator.cursor == cursors[0])
        #expect(try paginator.advance(past: page(2)) && paginator.cursor == cursors[1])
        #expect(try paginator.advance(past: page(0)) == (account == 4))
      }
    }
    var single = ListPaginator(accounts: [0], way: nil)
    #expect(try !single.advance(past: page(3)), "there is but one page")
  }

  @Test("A list that leads back to where it was, or on without end, is given up with the reason")
  func endless() throws {
    var paginator = ListPaginator(accounts: [0], way: .cursor("next"))
    #expect(try paginator.advance(past: ListPage(next: "a")))
    let circle = #expect(throws: Failure.self) { try paginator.advance(past: ListPage(next: "a")) }
    #expect(circle?.kind == .badResponse && circle?.example.contains("after 2 pages") == true)
    var long = ListPaginator(accounts: [0], way: .link)
    for page in 1..<ListPaginator.mostPages { #expect(try long.advance(past: ListPage(next: "\(page)"))) }
    #expect(throws: Failure.self) { try long.advance(past: ListPage(next: "one more")) }
  }
}
