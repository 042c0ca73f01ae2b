package import Foundation
import Shared

/// Each order and each reading of a run as they were seen, for whoever wants to reckon with them: one JSON object a line.
///
/// Times are in nanoseconds, and all count from the same instant; what was never seen is left out. First comes what holds of the run, then the
/// readings that brought figures, then the orders in the order in which their stories ended.
package struct OrderLog: Sendable {
  private let result: RunResult
  private let scenario: Scenario

  package init(_ result: RunResult, of scenario: Scenario) {
    self.result = result
    self.scenario = scenario
  }

  /// - Throws: `ConfigurationError` where the run had more orders than are kept.
  package func text() throws -> Data {
    guard result.ledger.evidence.isComplete else {
      throw ConfigurationError("orders.jsonl is not written: the run had more than \(Evidence.most) orders, and no more are kept")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = Data()
    func add(_ line: Line) throws {
      text += try encoder.encode(line)
      text.append(UInt8(ascii: "\n"))
    }
    try add(Line(run: RunLine(result, scenario)))
    for scrape in result.scrapes { try add(Line(reading: ReadingLine(scrape))) }
    for order in result.ledger.evidence.orders { try add(Line(order: OrderLine(order))) }
    return text
  }

  /// Exactly one of them.
  private struct Line: Encodable {
    var run: RunLine?
    var reading: ReadingLine?
    var order: OrderLine?
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

private struct OrderLine: Encodable {
  let outcome: String
  let createSent, createReceived, lastUnfinishedSent, lastPendingSent, startedReceived, endedReceived: Int64?

  init(_ order: SettledOrder) {
    outcome = order.outcome.rawValue
    createSent = order.createSent.seen
    createReceived = order.createReceived.seen
    lastUnfinishedSent = order.lastUnfinishedSent.seen
    lastPendingSent = order.lastPendingSent.seen
    startedReceived = order.startedReceived.seen
    endedReceived = order.endedReceived.seen
  }

  enum CodingKeys: String, CodingKey {
    case outcome
    case createSent = "create_sent"
    case createReceived = "create_received"
    case lastUnfinishedSent = "last_unfinished_sent"
    case lastPendingSent = "last_pending_sent"
    case startedReceived = "started_received"
    case endedReceived = "ended_received"
  }
}

extension Instant {
  /// `nil` where it never came.
  fileprivate var seen: Int64? { self == .never ? nil : nanoseconds }
}
