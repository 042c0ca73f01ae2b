import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("What is told of the polls")
struct PollWordingTests {
  private func summary(kept: Int64, asked: Int64, delayed: [PollDelay: Int]) -> Summary {
    var gaps = PollGaps()
    for _ in 0..<100 {
      gaps.kept.record(kept * .millisecond)
      gaps.asked.record(asked * .millisecond)
    }
    var summary = SampleRun(rate: 10).summary()
    summary.polls = Summary.Polls(
      count: 100, requests: 160, share: 0.625, delayed: Dictionary(uniqueKeysWithValues: delayed.map { ($0.rawValue, $1) }))
    summary.latency["poll_gap"] = Summary.LatencyFigures(observed: gaps.kept.observed, censored: gaps.kept.censored)
    summary.latency["poll_gap_asked"] = Summary.LatencyFigures(observed: gaps.asked.observed, censored: gaps.asked.censored)
    return summary
  }

  @Test("A median gap of more than one and a half times what was asked for is told, with its reasons by weight")
  func warns() {
    #expect(summary(kept: 148, asked: 100, delayed: [.cap: 100]).pollGapWarning == nil)
    let warning = summary(kept: 310, asked: 100, delayed: [.cap: 90, .connection: 40, .answer: 9]).pollGapWarning
    #expect(
      warning == "Polls of an order came 310ms apart in the median, where 100ms was asked for: of 100 polls 90 waited for their turn under "
        + "--max-polls, 40 waited for a free connection.")
    #expect(summary(kept: 310, asked: 100, delayed: [:]).pollGapWarning?.hasSuffix("where 100ms was asked for.") == true)
    for cause in PollDelay.allCases {
      #expect(summary(kept: 310, asked: 100, delayed: [cause: 50]).pollGapWarning?.hasSuffix(" 50 \(cause.words).") == true)
    }
  }

  @Test("Every report has the warning, the polls' share, and both gaps")
  func everywhere() {
    let summary = summary(kept: 310, asked: 100, delayed: [.answer: 80])
    let terminal = TerminalReport.render(summary, colour: false, width: 1_000)
    for report in [terminal, MarkdownReport.render(summary), HTMLReport.render(summary)] {
      #expect(report.contains("62.5% of all requests were polls"))
      #expect(report.contains("80 were due before the last answer had come"))
      #expect(report.contains("poll gap asked"))
    }
  }

  /// A run whose polls and creates cost so many seconds.
  private func costly(
    _ polls: Double, creates: Double = 4, queued: Int = 0, adapted: Summary.Polls.Adapted? = nil, waited: Int64 = 0
  ) -> Summary {
    var summary = summary(kept: 100, asked: 100, delayed: [:])
    summary.scenario["connections"] = "50"
    summary.polls?.adapted = adapted
    summary.polls?.service = Summary.Polls.Service(creates: creates, polls: polls, pollsWhileCreating: polls, createsQueued: queued)
    var waits = LatencySeries()
    for _ in 0..<100 { waits.record(waited * .millisecond) }
    summary.latency["connection_wait"] = Summary.LatencyFigures(observed: waits.observed, censored: waits.censored)
    summary.latency["accept"] = summary.latency["connection_wait"]
    return summary
  }

  @Test("Polls at a fixed gap that cost more than creates may have moved figures; those that adapt, where one an order is too dear")
  func warnsOfCost() {
    #expect(costly(3.9).pollWarnings == [])
    #expect(
      costly(12.4).pollWarnings == [
        "Polls may have moved what was measured: their service times sum to 12.4s, the creates' to 4.00s. --poll adaptive keeps them below, "
          + "--no-follow shows how creates fare without them."
      ])
    var sampled = costly(12.4)
    sampled.scenario["audit-precision"] = "10ms:5%"
    let words = "4.00s. Those of --audit-precision 10ms:5% are among them: a smaller share has fewer. --poll"
    #expect(sampled.pollWarnings.first?.contains(words) == true)
    let adapted = Summary.Polls.Adapted(shortest: 0.1, longest: 1.6)
    #expect(costly(7.9, adapted: adapted).pollWarnings == [])
    #expect(
      costly(12.4, adapted: adapted).pollWarnings == [
        "Polls may have moved what was measured: although they came up to 1.60s apart, their service times sum to 12.4s while orders were sent, "
          + "the creates' to 4.00s. --no-follow shows how creates fare without them."
      ])
  }

  @Test("Creates that waited for a connection while orders were followed are told, where many did, and for a good part of their time")
  func warnsOfWaiting() {
    let some = costly(1, queued: 1_000_000, waited: 900)
    #expect(some.pollWarnings.count == 1)
    let words = "Polls may have kept creates waiting: all connections for creates were taken when 1,000,000 of"
    #expect(some.pollWarnings.first?.hasPrefix(words) == true)
    #expect(some.pollWarnings.first?.contains("900ms in the p95. --connections 100 gives them more, --no-follow shows") == true)
    #expect(costly(1, queued: 0, waited: 900).pollWarnings == [])
    #expect(costly(1, queued: 1, waited: 900).pollWarnings == [])
    var unfollowed = some
    unfollowed.scenario["no-follow"] = "true"
    #expect(unfollowed.pollWarnings == [])
    var short = some
    short.latency["connection_wait"]?.values.p95 = 0.1
    #expect(short.pollWarnings == [])
  }

  @Test("Every report says at its head that polls may have moved what was measured")
  func warnsEverywhere() {
    let summary = costly(12.4)
    let terminal = TerminalReport.render(summary, colour: false, width: 1_000)
    // What stands first below the head of each.
    for (report, first) in [
      (terminal, "Thresholds"), (MarkdownReport.render(summary), "accept.p(99)"), (HTMLReport.render(summary), "Thresholds"),
    ] {
      let found = report.firstRange(of: "Polls may have moved what was measured")
      let table = report.firstRange(of: first)
      #expect(found.flatMap { found in table.map { found.lowerBound < $0.lowerBound } } == true)
    }
  }

  @Test("The width of what is known is told with the gaps that were really asked for")
  func tellsAdaptedGaps() {
    var summary = costly(1, adapted: Summary.Polls.Adapted(shortest: 0.1, longest: 1.6))
    #expect(summary.widthWording?.hasSuffix(", polled every 100ms to 1.60s, as far apart as keeps polls cheaper than creates.") == true)
    summary.polls?.adapted = Summary.Polls.Adapted(shortest: 0.1, longest: 0.1)
    #expect(summary.widthWording?.hasSuffix(", polled every 100ms, as far apart as keeps polls cheaper than creates.") == true)
    summary.polls?.adapted = nil
    summary.scenario["poll"] = "every:20ms"
    #expect(summary.widthWording?.hasSuffix(", polled every 20ms.") == true)
  }

  @Test("A run without polls says nothing of them")
  func withoutPolls() {
    var summary = summary(kept: 310, asked: 100, delayed: [:])
    summary.polls = Summary.Polls(count: 0, requests: 60, share: 0, delayed: [:])
    summary.latency["poll_gap"] = nil
    #expect(summary.pollShareWording == nil && summary.pollGapWarning == nil)
  }
}
