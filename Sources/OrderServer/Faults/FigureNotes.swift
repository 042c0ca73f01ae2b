import ServiceLifecycle
import Shared

/// Notes what holds, for lies about what was.
struct FigureNotes: Service {
  let metrics: LyingMetrics
  let store: any OrderStore
  let interval: Duration

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while true {
        // What cannot be read now is read the next time.
        if let tallies = try? await store.tallies() { await metrics.note(tallies) }
        try await Task.sleep(for: interval)
      }
    }
  }
}
