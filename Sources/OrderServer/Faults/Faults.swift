import Hummingbird
import ServiceLifecycle
import Shared

/// All that the server does wrong on purpose: what stands between the truth, which its store keeps, and who asks.
struct Faults: Sendable {
  /// Does with orders what is to be done wrong, and keeps the truth in the honest store.
  let store: any OrderStore
  /// Answers readings of the figures; `nil` where nothing is wrong with them.
  let liar: (any FigureTeller)?
  /// What every answer passes last; `nil` where nothing is wrong with how they are sent.
  let rim: (any Routes.Rim)?
  /// What runs beside the server.
  let services: [any Service]
  /// The line that the log has of it.
  let warning: String

  /// - Parameters:
  ///   - seed: what shares are drawn from.
  ///   - store: the honest one.
  /// - Returns: `nil` where nothing is wrong.
  /// - Throws: what the store throws where its tallies cannot be read.
  init?(_ faults: [Fault], profile: Profile, seed: UInt64, store: any OrderStore, clock: OrderClock) async throws {
    guard !faults.isEmpty else { return nil }
    let plan = FaultPlan(faults, seed: seed)
    let lying = LyingMetrics(plan, profile: profile, clock: clock, tallies: try await store.tallies())
    self.store = FaultyOrderStore(store, plan: plan, hasOwners: profile.authentication != .none) { await lying.noteCompleted($0) }
    liar = plan.figures.isEmpty && plan.metrics.isEmpty ? nil : lying
    rim = plan.wire.isEmpty ? nil : WireFaultMiddleware(plan.wire)
    if let interval = lying.notes { services = [FigureNotes(metrics: lying, store: store, interval: interval)] } else { services = [] }
    warning = "this server has faults, and lies, on purpose: \(faults.map(\.description).joined(separator: ", "))"
  }
}
