import Testing

@testable import LoadRun

@Suite("What polls may cost, by itself")
struct PollBudgetTests {
  /// Creates and polls that come evenly, looked at ten times a second.
  private struct Course {
    var budget = PollBudget(PollPolicy(adaptiveUpTo: .seconds(60)))
    var now = Instant(0)
    var gaps: [Int64] = []

    /// - Parameters:
    ///   - creates: how many of them come in a tenth of a second; each takes 5 ms, and a poll takes 2 ms.
    ///   - followed: orders that are asked for once in each gap.
    mutating func pass(_ seconds: Int, creates: Int, followed: Int) {
      var due = 0.0
      for _ in 0..<seconds * 10 {
        for _ in 0..<creates {
          budget.began(.create, at: now)
          budget.ended(.create, sent: now, at: now + 5 * .millisecond)
        }
        due += Double(followed) * 100_000_000 / Double(budget.asked)
        while due >= 1 {
          due -= 1
          budget.began(.poll, at: now)
          budget.ended(.poll, sent: now, at: now + 2 * .millisecond)
        }
        now = now + 100 * .millisecond
        _ = budget.look(at: now, due: followed, repeats: followed)
        gaps.append(budget.asked)
      }
    }
  }

  @Test("The gap is the one at which polls cost two thirds of what creates do, never shorter than the first, and comes back to it")
  func findsTheGap() {
    var course = Course()
    course.pass(60, creates: 10, followed: 1_000)
    // 1,000 polls of 2 ms in 6 s are a third of a second in each, where creates cost a half.
    #expect((5_500 * .millisecond...7_200 * .millisecond).contains(course.budget.asked), "\(course.budget.asked)")
    course.pass(60, creates: 10, followed: 10)
    #expect(course.budget.asked == 100 * .millisecond)
    #expect(course.gaps.allSatisfy { (100 * .millisecond...60 * .second).contains($0) })
  }

  @Test("Once there are no more creates the gap grows no faster than a backoff, and no further than its end")
  func backsOff() {
    var course = Course()
    course.pass(20, creates: 10, followed: 100)
    let before = course.budget.asked
    let place = course.gaps.count
    course.pass(600, creates: 0, followed: 1_000)
    for (offset, gap) in course.gaps[place...].enumerated() {
      // A backoff that doubles after each gap has come no further after so long; a step more or less is allowed.
      #expect(gap <= (before + Int64(offset + 2) * 100 * .millisecond) * 2, "after \(offset) looks")
    }
    #expect(course.budget.asked == 60 * .second)
  }

  @Test("Where every order is asked for once, polls that cost more than creates make the gap no longer: it would save nothing")
  func leavesFirstPolls() {
    var budget = PollBudget(PollPolicy(adaptiveUpTo: .seconds(60)))
    var now = Instant(0)
    for round in 0..<200 {
      for what in [RequestKind.create, .poll] where what == .create || round > 0 {
        budget.began(what, at: now)
        budget.ended(what, sent: now, at: now + (what == .create ? 1 : 9) * .millisecond)
      }
      now = now + 100 * .millisecond
      _ = budget.look(at: now, due: 1, repeats: 0)
    }
    #expect(budget.asked <= 200 * .millisecond, "\(budget.asked)")
  }

  @Test("A gap that is fixed is never looked at")
  func fixed() throws {
    var budget = PollBudget(try PollPolicy(text: "backoff:10ms..1s"))
    budget.began(.poll, at: Instant(0))
    let changes = (1...9).map { budget.look(at: Instant($0 * .second), due: 1_000, repeats: 1_000) }
    #expect(changes.allSatisfy { !$0 })
    #expect(budget.asked == 10 * .millisecond)
  }
}
