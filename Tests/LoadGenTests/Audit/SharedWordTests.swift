import Shared
import Testing

@testable import LoadRun

@Suite("One word for pending and processing")
struct SharedWordTests {
  private static let file = """
    like: standard
    status:
      path: /orders/{id}/status
      field: status
      words: {pending: pending, processing: PENDING, completed: completed, failed: failed, cancelled: cancelled}
    """

  private func dialect(_ text: String) throws -> Dialect { try DialectFile.read(text, path: "shop.yaml") }

  @Test("A file may say so of these two, and of no others; the figure is named once, under pending")
  func file() throws {
    let figures = "\nmetrics: {path: /metrics, figures: {total: total_orders, pending: status_counts.open}}"
    let words = try dialect(Self.file + figures).status.words
    #expect(words.pendingMayBeProcessing && words.processingIsPending && words.status(for: "Pending") == .pending)
    let more = try dialect(Self.file.replacing("processing: PENDING", with: "processing: [PENDING, running]")).status.words
    #expect(more.pendingMayBeProcessing && !more.processingIsPending && more.status(for: "running") == .processing)
    #expect(!Dialect.standard.status.words.pendingMayBeProcessing)
    for (text, reason) in [
      (Self.file, "one figure counts both, so name it under 'pending'"),
      (Self.file.replacing("failed: failed", with: "failed: completed"), "a word means one status, or both pending and processing"),
    ] {
      let error = #expect(throws: ConfigurationError.self) { try dialect(text) }
      #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }
  }

  /// A run against a system whose orders wait, and are processed for a while.
  private func run(_ seed: UInt64, lie: String? = nil, isAlike: Bool = true) throws -> (Audit, Ledger) {
    var made = SimulatedCase(settings: [.seed: "\(seed)", .rate: "40/s", .duration: "4s", .poll: "50ms", .exclusive: "true"])
    made.system.workers = 4
    made.system.serviceTime = .fixed(.milliseconds(80))
    if let lie { made.system.lies = [try Fault(text: lie)] }
    var scenario = try made.scenario()
    if isAlike {
      var words: [OrderStatus: [String]] = [:]
      for status in OrderStatus.allCases { words[status] = [status == .processing ? "pending" : status.rawValue] }
      scenario.dialect.status.words = StatusWords(words)
      scenario.dialect.metrics?.figures.removeAll { $0.quantity == .count(.processing) }
    }
    let result = try Simulation(scenario.simulation(of: made.system)).run()
    let run = try #require(
      AuditedRun(
        result.run.ledger, scrapes: result.run.scrapes, hasBaseline: result.run.hasBaseline, dialect: scenario.dialect,
        exclusivity: scenario.exclusivity))
    return (Audit(run), result.run.ledger)
  }

  @Test("An honest API that has one is not contradicted, its figure is as tight as both together, and when an order began is not known")
  func honest() throws {
    for seed in 0..<20 as Range<UInt64> {
      let (audit, ledger) = try run(seed)
      let apart = try run(seed, isAlike: false).0
      #expect(audit.verdict == .consistent, "\(audit.checks.filter { $0.verdict != .consistent })")
      let pending = try #require(audit.checks.first { $0.name == "status_counts.pending" })
      let both = try #require(apart.checks.first { $0.name == "pending + processing" })
      #expect(pending.meaning == "orders that stand at pending or processing" && pending.samples.count == both.samples.count)
      #expect(pending.resolution == both.resolution)
      #expect(audit.checks.contains { $0.name == "sum of counts" && $0.meaning == "the counts by status add up to total_orders" })
      #expect(ledger.evidence.orders.allSatisfy { $0.lastPendingSent == $0.createSent && $0.startedReceived == $0.endedReceived })
    }
  }

  @Test("A lie about it is found", arguments: ["pending=-3", "pending=+40%", "pending=fixed:0"])
  func lie(fault: String) throws {
    for seed in 0..<10 as Range<UInt64> {
      #expect(try run(seed, lie: fault).0.verdict == .contradicted, "seed \(seed)")
    }
  }
}
