package import Foundation
import Shared

/// What ends the log of a run's orders (`orders.jsonl`), for whoever wants to reckon with them: one JSON object a line.
///
/// The orders come first, while the run goes on (`OrderWriter`), then the readings that brought figures, and last what holds of the run. A log
/// that lacks an order has neither. Times are in nanoseconds, and all count from the same instant; what was never seen is left out.
package struct OrderLog: Sendable {
  private let result: RunResult
  private let scenario: Scenario

  package init(_ result: RunResult, of scenario: Scenario) {
    self.result = result
    self.scenario = scenario
  }

  package func ending() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = Data()
    func add(_ line: Line) throws {
      text += try encoder.encode(line)
      text.append(UInt8(ascii: "\n"))
    }
    for scrape in result.scrapes { try add(Line(reading: ReadingLine(scrape))) }
    try add(Line(run: RunLine(result, scenario)))
    return text
  }

  /// Exactly one of them.
  private struct Line: Encodable {
    var run: RunLine?
    var reading: ReadingLine?
  }
}

private struct RunLine: Encodable {
  let dialect: String
  let hasBaseline: Bool
  let exclusive: Bool
  let snapshot: Bool
  let final: Bool
  let requeue: String
  let readYourWrites: Bool
  let clockRate: Double
  let maxAge: Int64
  let granularity: Int64
  let stampLead: Int64

  init(_ result: RunResult, _ scenario: Scenario) {
    let assumed = scenario.dialect.assumptions
    dialect = scenario.dialect.name
    hasBaseline = result.hasBaseline
    exclusive = scenario.exclusivity == .declared
    snapshot = assumed.snapshot
    final = assumed.final
    requeue = assumed.requeue.rawValue
    readYourWrites = assumed.readYourWrites
    clockRate = assumed.clockRate
    maxAge = assumed.maxAge.nanoseconds
    granularity = assumed.granularity.nanoseconds
    stampLead = assumed.stampLead.nanoseconds
  }

  enum CodingKeys: String, CodingKey {
    case dialect, exclusive, snapshot, final, requeue, granularity
    case hasBaseline = "has_baseline"
    case readYourWrites = "read_your_writes"
    case clockRate = "clock_rate"
    case maxAge = "max_age"
    case stampLead = "stamp_lead"
  }
}

private struct ReadingLine: Encodable {
  /// When the request was sent, and its answer received.
  let sent, received: Int64
  /// How much older than the answer its figures may be, as it says.
  let age: Int64
  /// Since when its connection had been open.
  let opened: Int64?
  /// As printed, by the names that a dialect file has for them.
  let figures: [String: String]

  init(_ scrape: Scrape) {
    sent = scrape.window.asked.nanoseconds
    received = scrape.window.received.nanoseconds
    age = scrape.window.age
    opened = scrape.window.opened.seen
    var figures: [String: String] = [:]
    for quantity in scrape.claims.quantities { figures[quantity.fileKey] = scrape.claims[quantity]?.text }
    self.figures = figures
  }
}

extension Instant {
  /// `nil` where it never came.
  fileprivate var seen: Int64? { self == .never ? nil : nanoseconds }
}
