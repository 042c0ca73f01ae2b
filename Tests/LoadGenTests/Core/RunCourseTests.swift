import Shared
import Testing

@testable import LoadRun

@Suite("The course of a run")
struct RunCourseTests {
  private static let window = ScrapeWindow(sent: Instant(1), received: Instant(5))
  private static let scrape = Scrape(window: window, claims: [.total: Claim(count: 7)])
  private static let nothing = Scrape(window: ScrapeWindow(sent: Instant(6), received: Instant(6), hasFigures: false), claims: [:])
  private static let failure = Failure(.httpStatus, status: 401, "401")

  /// What is done for each event, in words, of a run of two loops; the n-th event happens at instant n * 10.
  private func done(_ events: [RunCourse.Event], loops: Int = 2) -> (actions: [String], course: RunCourse) {
    var course = RunCourse(loops: loops)
    let actions = events.enumerated().map { place, event in
      course.handle(event, at: Instant(Int64(place) * 10)).map(Self.words).joined(separator: " ")
    }
    return (actions, course)
  }

  private static func words(_ action: RunCourse.Action) -> String {
    switch action {
    case .begin: "begin"
    case .confirm: "confirm"
    case .start(let zero): "start@\(zero.nanoseconds)"
    case .tell(let window): "tell@\(window.received.nanoseconds)"
    case .judge: "judge"
    case .stop: "stop"
    case .conclude: "conclude"
    case .awaitPatience: "patience"
    case .end: "end"
    }
  }

  @Test("It begins once every loop is ready, concludes once every loop has drained, and ends with the last reading")
  func whole() {
    let (actions, course) = done([
      .begin, .news(.scraped(Self.scrape), from: 0), .news(.ready, from: 0), .news(.ready, from: 1), .confirmed,
      .news(.drained, from: 1), .news(.scraped(Self.nothing), from: 0), .news(.drained, from: 0), .news(.concluded, from: 0),
      .news(.drained, from: 1), .interrupt,
    ])
    #expect(actions == ["begin", "tell@5", "", "confirm", "start@40", "", "tell@6", "conclude", "end", "", ""])
    #expect(course.hasEnded && course.hasBaseline && !course.wasInterrupted && !course.wasRefused && course.refusal == nil)
    #expect(course.scrapes.map(\.window) == [Self.window], "a reading without figures is told, and not kept")
  }

  @Test("An account that is not let in ends it before the load, and no later")
  func refusal() {
    let before = done([.begin, .news(.ready, from: 0), .news(.cannotBegin(Self.failure), from: 1), .confirmed])
    #expect(before.actions == ["begin", "", "end", ""] && before.course.refusal == Self.failure)
    let late = done([.begin, .news(.ready, from: 0), .confirmed, .news(.cannotBegin(Self.failure), from: 0)], loops: 1)
    #expect(late.actions == ["begin", "confirm", "start@20", ""] && late.course.refusal == nil)
  }

  @Test("Interrupted, it gives up what is in hand, makes the last reading, and waits for that only so long")
  func interrupt() {
    let answered = done(
      [.begin, .news(.ready, from: 0), .confirmed, .interrupt, .news(.drained, from: 0), .interrupt, .news(.concluded, from: 0)], loops: 1)
    #expect(answered.actions == ["begin", "confirm", "start@20", "stop patience", "conclude", "", "end"])
    #expect(answered.course.wasInterrupted && !answered.course.hasBaseline)
    let silent = done(
      [.begin, .news(.ready, from: 0), .confirmed, .interrupt, .news(.drained, from: 0), .patienceIsOver, .news(.concluded, from: 0)],
      loops: 1)
    #expect(silent.actions == ["begin", "confirm", "start@20", "stop patience", "conclude", "end", ""])
  }

  @Test("Interrupted before the load, it has had none, and still makes its last reading")
  func earlyInterrupt() {
    let (actions, course) = done(
      [
        .begin, .news(.scraped(Self.scrape), from: 0), .interrupt, .news(.ready, from: 0), .confirmed, .news(.drained, from: 0),
        .news(.concluded, from: 0),
      ], loops: 1)
    #expect(actions == ["begin", "tell@5", "stop patience start@20", "", "", "conclude", "end"])
    #expect(course.wasInterrupted && course.hasBaseline)
  }

  @Test("Where every create is refused it is asked whether to go on, and ended once, like an interruption that nobody made")
  func refused() {
    let (actions, course) = done(
      [
        .begin, .news(.ready, from: 0), .confirmed, .news(.onlyRefused(Self.failure), from: 0), .giveUp, .giveUp,
        .news(.onlyRefused(Self.failure), from: 0), .news(.drained, from: 0), .giveUp, .news(.concluded, from: 0),
      ], loops: 1)
    #expect(actions == ["begin", "confirm", "start@20", "judge", "stop patience", "", "", "conclude", "", "end"])
    #expect(course.wasRefused && !course.wasInterrupted)
  }

  @Test("Figures that are older than an answer before them are had once answers say how old they are, up to a minute")
  func oldFigures() {
    let second: Int64 = 1_000_000_000
    var course = RunCourse(loops: 1)
    /// - Returns: whether the figures of an answer that was received so many seconds into the run, and is so many old, are had.
    func isHad(_ received: Int64, age: Int64) -> Bool {
      let window = ScrapeWindow(
        sent: Instant((received - age) * second - 1), received: Instant(received * second), age: age * second)
      _ = course.handle(.news(.scraped(Scrape(window: window, claims: [.total: Claim(count: 1)])), from: 0), at: Instant(received * second))
      return course.scrapes.last?.window == window
    }
    #expect(isHad(100, age: 0) && isHad(101, age: 0))
    #expect(!isHad(102, age: 2), "nobody has said before that figures may be old, and what happened before 101 s is not looked at again")
    #expect(isHad(104, age: 2) && isHad(105, age: 0))
    #expect(isHad(200, age: 0) && isHad(201, age: 60) && !isHad(202, age: 62) && isHad(203, age: 60))
  }

  @Test("Whatever happens in whatever order, it starts and ends once at most, and nothing is done after its end")
  func anything() {
    for seed in 0..<500 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let loops = dice.int(1...3)
      var course = RunCourse(loops: loops)
      var done: [String] = []
      for time in 0..<60 {
        let loop = dice.int(0...loops - 1)
        let event = dice.pick([
          RunCourse.Event.begin, .news(.ready, from: loop), .confirmed, .news(.drained, from: loop), .news(.concluded, from: loop),
          .news(.scraped(Self.scrape), from: 0), .news(.onlyRefused(Self.failure), from: loop), .interrupt, .giveUp, .patienceIsOver,
          .news(.cannotBegin(Self.failure), from: loop),
        ])
        let hadEnded = course.hasEnded
        let actions = course.handle(event, at: Instant(Int64(time))).map(Self.words)
        #expect(!hadEnded || actions.isEmpty, "seed \(seed)")
        done += actions
      }
      for word in ["start", "conclude", "end"] { #expect(done.count { $0.hasPrefix(word) } <= 1, "seed \(seed): \(word) in \(done)") }
      #expect(course.hasEnded == done.contains("end"), "seed \(seed)")
    }
  }
}
