@testable import LoadReports
@testable import LoadRun

/// What the server of a `SampleRun` claimed, twice a second, and what it could have been.
struct SampleAudit {
  let run: SampleRun
  let orders: [SampleRun.Order]

  func audit() -> Summary.Audit {
    let times = stride(from: 0.5, to: run.seconds + 1, by: 0.5).map { $0 }
    let checks = [
      check("total", "orders that the server says it has", .orders, times.map(total)),
      check("completed", "orders that the server says are completed", .orders, times.map(completed)),
      check("average_completion_time", "mean time from created to completed", .seconds, times.map(average)),
      Summary.Check(
        name: "average_processing_time", meaning: "mean time from started to completed", unit: .seconds, claimed: 0.1003,
        claimedText: "0.1003", lower: nil, upper: nil, resolution: nil, verdict: .notCheckable, samples: times.count, outside: 0,
        firstAt: nil, worstBy: nil, sentence: "The server has orders from before the run, so its average may be anything.", series: []),
    ]
    return Summary.Audit(
      verdict: checks.contains { $0.verdict == .contradicted } ? .contradicted : .consistent,
      assumptions: Summary.Assumptions(
        exclusive: "declared", snapshot: "yes", final: "yes", requeue: "on restart", readYourWrites: "declared",
        clockRate: "500 ppm", maxAge: "0s"),
      samples: times.count, checks: checks, cause: nil)
  }

  private func total(_ t: Double) -> Summary.Reading {
    let known = orders.filter { $0.accepted && $0.received <= t }.count
    let possible = orders.filter { !$0.rejected && $0.sent < t + 0.0012 }.count
    let claimed = orders.filter { $0.accepted && $0.received <= t + 0.0006 }.count
    return Summary.Reading(t: t, claimed: Double(claimed - run.lie), lower: Double(known), upper: Double(possible))
  }

  private func completed(_ t: Double) -> Summary.Reading {
    let known = orders.filter { $0.accepted && !$0.stuck && $0.upper <= t }.count
    let possible = orders.filter { $0.accepted && $0.sent < t && ($0.stuck || $0.lower < t + 0.0012) }.count
    let claimed = orders.filter { $0.accepted && !$0.stuck && $0.ended <= t + 0.0006 }.count
    return Summary.Reading(t: t, claimed: Double(claimed), lower: Double(known), upper: Double(possible))
  }

  private func average(_ t: Double) -> Summary.Reading {
    let known = orders.filter { $0.accepted && !$0.stuck && $0.upper <= t }
    let n = Double(Swift.max(1, known.count))
    return Summary.Reading(
      t: t, claimed: known.map { $0.ended - $0.received }.reduce(0, +) / n,
      lower: known.map { Swift.max(0, $0.lower - $0.received) }.reduce(0, +) / n,
      upper: known.map { $0.upper - $0.sent }.reduce(0, +) / n)
  }

  private func check(_ name: String, _ meaning: String, _ unit: FigureUnit, _ series: [Summary.Reading]) -> Summary.Check {
    func outside(_ reading: Summary.Reading) -> Double {
      guard let claimed = reading.claimed else { return 0 }
      return Swift.max((reading.lower ?? claimed) - claimed, claimed - (reading.upper ?? claimed), 0)
    }
    let wrong = series.filter { outside($0) > 0 }
    let worst = wrong.max { outside($0) < outside($1) }
    let shown = worst ?? series.last
    let by = worst.map(outside)
    return Summary.Check(
      name: name, meaning: meaning, unit: unit, claimed: shown?.claimed, claimedText: shown?.claimed.map { "\($0)" },
      lower: shown?.lower, upper: shown?.upper, resolution: unit == .orders ? 1 : 0.041,
      verdict: wrong.isEmpty ? .consistent : .contradicted, samples: series.count, outside: wrong.count, firstAt: wrong.first?.t,
      worstBy: by,
      sentence: wrong.isEmpty
        ? "Every claim lay within what could have been true."
        : "The server claimed \(Int(shown?.claimed ?? 0)) orders when it had acknowledged at least \(Int(shown?.lower ?? 0)).",
      series: series)
  }
}
