import LoadRun
package import LoadStudy

/// The capacity as a single page: the answer first, then what it rests on.
package enum HTMLCapacity {
  /// How much is told in full, so that a page can be opened whatever was tried; the rest is counted, and stands in `capacity.json`.
  static let (mostDrawn, mostGoals, mostRows) = (20, 10, 200)

  package static func render(_ capacity: Capacity) -> String {
    let answer = CapacityAnswer(capacity)
    return HTMLPage.render(
      title: "\(capacity.verdict.rawValue): capacity",
      """
      \(header(capacity, answer))
      \(charts(capacity))
      \(rates(capacity))
      \(trials(capacity))
      \(method(capacity))
      """)
  }

  private static func header(_ capacity: Capacity, _ answer: CapacityAnswer) -> Markup {
    let sentences = answer.sentences.map { sentence -> Markup in "<p class=\"reason\"><bdi>\(sentence)</bdi></p>\n" }
    return """
      <header class="\(capacity.verdict.rawValue)">
      <p class="verdict">\(answer.word)</p>
      <h1>Capacity: <bdi>\(answer.subject)</bdi></h1>
      \(sentences)</header>
      """
  }

  /// Each goal's figure over the rate, and how fast orders pile up.
  private static func charts(_ capacity: Capacity) -> Markup {
    let ground = RateGround(capacity)
    let goals = capacity.goals.compactMap(GoalChart.init)
    let drawn = goals.prefix(mostDrawn).enumerated().map { $0.element.render(capacity, ground, number: $0.offset + 1) }
    let more: Markup =
      goals.count > mostDrawn
      ? "<p class=\"quiet\">… and \(Figure.count(goals.count - mostDrawn)) more goals, in capacity.json.</p>\n" : .empty
    return HTMLPage.section("Over the rate", "\(HTMLPage.charts("\(drawn)\(BacklogChart.render(capacity, ground))"))\(more)")
  }

  /// What was asked, and how the answer is to be read.
  private static func method(_ capacity: Capacity) -> Markup {
    let asked = capacity.asked
    let facts: [(String, String)] =
      [
        ("goals", capacity.goals.prefix(mostGoals).joined(separator: " · ")),
        ("rates", "\(Figure.rate(asked.from)) to \(Figure.rate(asked.to))"), ("width", Figure.share(asked.width)),
        ("budget", "\(Figure.seconds(asked.budget)), of which \(Figure.seconds(capacity.spent)) were spent"),
        ("warm-up of each trial", Figure.seconds(asked.warmup) + (asked.findsWarmUp ? ", or longer where that is seen" : "")),
        ("a rate may be misjudged", "with less than \(Figure.share(asked.alpha))"),
        ("time", asked.isSimulated ? "virtual" : "real"), ("end", capacity.end.rawValue.replacing("_", with: " ")),
      ]
      + [capacity.atLeast.map { ("to be shown", Figure.rate($0)) }, capacity.expected.map { ("expected", Figure.rate($0)) }].compactMap(
        \.self)
      + [("exit code", "\(capacity.exitCode)"), ("outcomes", capacity.outcomes.map(\.rawValue).joined(separator: ", "))]
    return HTMLPage.section(
      "How this was found",
      """
      <p class="quiet">Held: all goals surely hold, and orders do not pile up. Broken: a goal surely does not hold, an implicit threshold failed, or \
      orders pile up for good. Undecided: anything else. Trials at a rate add up, so that a rate may be held where each of its trials by itself \
      is not sure of it.</p>
      <div class="facts">
      \(HTMLPage.facts("Search", facts))</div>

      """)
  }
}
