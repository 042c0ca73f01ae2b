import Shared
import Testing

@testable import LoadGen

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

  @Test("A run without polls says nothing of them")
  func withoutPolls() {
    var summary = summary(kept: 310, asked: 100, delayed: [:])
    summary.polls = Summary.Polls(count: 0, requests: 60, share: 0, delayed: [:])
    summary.latency["poll_gap"] = nil
    #expect(summary.pollShareWording == nil && summary.pollGapWarning == nil)
  }
}
