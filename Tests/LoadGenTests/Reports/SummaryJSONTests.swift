import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("summary.json")
struct SummaryJSONTests {
  private func object(_ summary: Summary) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: summary.json()) as? [String: Any])
  }

  /// Every key of every object, as paths; the keys of tables that a run names itself are left out.
  private func keys(_ value: Any, _ path: String = "") -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys($1, path + "[]")) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: []) { found, entry in
      let tables = ["latency", "intervals", "histograms"]
      let isTable = (tables + tables.map { "stages[].\($0)" } + ["scenario", "run.labels", "polls.delayed"]).contains(path)
      let below = path.isEmpty ? entry.key : path + "." + (isTable ? "*" : entry.key)
      if !isTable { found.insert(below) }
      found.formUnion(keys(entry.value, below))
    }
  }

  @Test("What is written is read back as the same value, and written again as the same bytes", arguments: 0..<15)
  func roundTrip(seed: UInt64) throws {
    var random = RandomSummary(seed: seed)
    for summary in [random.summary(), SampleRun(seed: seed, rate: 20, stuckOneIn: 30).summary()] {
      let data = try summary.json()
      let read = try Summary.read(from: data)
      #expect(read == summary)
      #expect(try read.json() == data)
      #expect(data.last == UInt8(ascii: "\n"))
    }
  }

  @Test("Every key of the contract is there, whatever is nil, and the layout changes nothing")
  func keysOfTheContract() throws {
    let figures = "count censored min mean p50 p90 p95 p99 p99_9 max".split(separator: " ")
    let ends = figures.dropFirst(2)
    let contract: [String: String] = [
      "":
        "schema_version verdict exit_code outcomes run scenario environment orders latency intervals histograms blocks rates stages polls errors traffic audit thresholds generator exemplars",
      "run": "id seed scenario_hash labels target share started_at duration warmup load_window drain_window served refusal load_began",
      "run.target": "url version",
      "environment": "os cores tool_version",
      "orders":
        "scheduled not_sent submitted accepted rejected errored ambiguous completed cancelled failed unfinished timed_out run_end lost unknown_status untracked attempts",
      "latency.*": figures.joined(separator: " "),
      "intervals.*": "count censored lower upper",
      "intervals.*.lower": ends.joined(separator: " "),
      "intervals.*.upper": ends.joined(separator: " "),
      "histograms.*": "unit significant_digits sum min max pairs",
      "blocks": "seconds items",
      "blocks.items[]":
        "t scheduled submitted accepted rejected errored ambiguous completed_earliest completed_latest polls slip_max accept completion_lower completion_upper",
      "rates": "offered accepted completed polls requests completed_whole_run polls_whole_run",
      "stages[]": "stage rate begins window orders rates latency intervals histograms",
      "stages[].orders":
        "scheduled not_sent submitted accepted rejected errored ambiguous completed cancelled failed unfinished timed_out run_end lost unknown_status untracked attempts",
      "stages[].rates": "offered accepted completed polls requests",
      "stages[].latency.*": figures.joined(separator: " "),
      "stages[].intervals.*": "count censored lower upper",
      "stages[].intervals.*.lower": ends.joined(separator: " "),
      "stages[].intervals.*.upper": ends.joined(separator: " "),
      "stages[].histograms.*": "unit significant_digits sum min max pairs",
      "polls": "count requests share delayed adapted service",
      "errors[]": "phase kind status count example",
      "traffic[]": "kind requests as_expected contrary unclear",
      "audit": "verdict assumptions samples checks cause",
      "audit.assumptions": "exclusive snapshot final requeue read_your_writes clock_rate max_age",
      "audit.checks[]":
        "name meaning unit claimed claimed_text lower upper resolution verdict samples outside first_at worst_by sentence series",
      "thresholds[]": "expression implicit unit lower upper verdict first_at note",
      "generator": "valid reasons cpu_seconds peak_memory_bytes busy_share event_loops",
      "exemplars[]": "order_id reason events",
      "exemplars[].events[]": "t what",
    ]
    let expected = Set(contract.flatMap { path, keys in keys.split(separator: " ").map { path.isEmpty ? String($0) : "\(path).\($0)" } })
    var summary = SampleRun(seed: 1, rate: 20, ambiguousOneIn: 7).summary()
    summary.run.served = nil
    summary.rates = Summary.Rates(
      offered: nil, accepted: nil, completed: nil, polls: nil, requests: nil, completedWholeRun: nil, pollsWholeRun: nil)
    summary.stages = [
      Summary.Stage(
        stage: 1, rate: "20/s for 10s", begins: 0, window: 0, orders: summary.orders,
        rates: Summary.StageRates(offered: nil, accepted: nil, completed: nil, polls: nil, requests: nil), latency: summary.latency,
        intervals: summary.intervals, histograms: summary.histograms)
    ]
    #expect(keys(try object(summary)) == expected)
  }

  @Test("A number that JSON cannot hold is null where there may be none, and an error elsewhere")
  func numbersWithoutEnd() throws {
    var summary = SampleRun(seed: 1, rate: 20).summary()
    summary.rates.polls = .infinity
    summary.rates.accepted = .nan
    let read = try Summary.read(from: summary.json())
    #expect(read.rates.polls == nil && read.rates.accepted == nil)
    summary.run.duration = .infinity
    let error = #expect(throws: SummaryError.self) { try summary.json() }
    #expect(error?.description.contains("run.duration") == true)
  }

  @Test("Keys that are not known are ignored, and those that may be null need not be there")
  func lenientReading() throws {
    let summary = SampleRun(seed: 3, rate: 20).summary()
    var object = try object(summary)
    object["of_tomorrow"] = ["a": 1]
    object["exemplars"] = nil
    var run = try #require(object["run"] as? [String: Any])
    run["served"] = nil
    run["labels"] = nil
    object["run"] = run
    var expected = summary
    expected.exemplars = []
    expected.run.served = nil
    expected.run.labels = [:]
    #expect(try Summary.read(from: JSONSerialization.data(withJSONObject: object)) == expected)
  }

  @Test(
    "What is no summary is refused with its place and what would be right",
    arguments: [
      ("", "not whole JSON"), ("{", "not whole JSON"), ("[]", "an object"), ("{}", "schema_version"),
      (#"{"schema_version":2}"#, "schema_version 2"), (#"{"schema_version":"1"}"#, "'schema_version' should be a whole number"),
      (#"{"schema_version":1}"#, "no 'verdict'"), (#"{"schema_version":1,"verdict":"fine"}"#, "'verdict'"),
    ])
  func refuses(text: String, part: String) {
    let error = #expect(throws: SummaryError.self) { try Summary.read(from: Data(text.utf8)) }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  @Test("Half of a summary is never read as a whole one")
  func truncated() throws {
    let data = try SampleRun(seed: 2, rate: 2, seconds: 2).summary().json()
    for length in stride(from: 0, to: data.count - 2, by: 97) {
      #expect(throws: SummaryError.self) { try Summary.read(from: data.prefix(length)) }
    }
  }

  @Test("Histograms are read back without loss, and their figures follow from them")
  func histogramsAreLossless() throws {
    let summary = SampleRun(seed: 4, ambiguousOneIn: 50, stuckOneIn: 40).summary()
    let read = try Summary.read(from: summary.json())
    for name in LatencyName.allCases {
      let figures = Summary.LatencyFigures(
        observed: read.histogram(HistogramName.observed(name)), censored: read.histogram(HistogramName.censored(name)))
      #expect(figures == summary.latency(name))
    }
    for name in IntervalName.allCases {
      let figures = Summary.IntervalFigures(
        lower: read.histogram(HistogramName.lower(name)), upper: read.histogram(HistogramName.upper(name)),
        censored: read.histogram(HistogramName.censored(name)))
      #expect(figures == summary.intervals(name))
    }
    #expect(summary.orders.conserved)
  }
}
