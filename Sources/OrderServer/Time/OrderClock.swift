import Foundation
import Shared
import Synchronization

/// The one clock that all of an order's stamps are read from: the wall clock at the program's start, carried on by a monotonic one.
///
/// It never jumps back, neither when the machine's clock is set nor over a restart (`neverBefore`), so no duration between
/// two stamps is negative, and every duration is as long as it really was.
final class OrderClock: Sendable {
  private let elapsed: @Sendable () -> Int64
  private let origin: Atomic<Int64>

  convenience init() {
    let start = ContinuousClock.now
    self.init(startingAt: .ofMachine()) {
      (ContinuousClock.now - start).nanoseconds / 1_000
    }
  }

  /// - Parameter elapsed: microseconds since the start; must not fall.
  init(startingAt start: Timestamp, elapsed: @escaping @Sendable () -> Int64) {
    self.elapsed = elapsed
    origin = Atomic(start.microseconds)
  }

  /// May be called from any thread.
  func now() -> Timestamp {
    Timestamp(microseconds: origin.load(ordering: .relaxed) &+ elapsed())
  }

  /// Sets the clock to the time of another clock by which other servers set theirs too. Called before the first stamp.
  func set(to time: Timestamp) {
    origin.add(time.microseconds - now().microseconds, ordering: .relaxed)
  }

  /// Moves the clock forward to `latest`, the last stamp of an earlier run, where it is behind that. Called before the first stamp of this
  /// run.
  func neverBefore(_ latest: Timestamp) {
    let lag = latest.microseconds - now().microseconds
    if lag > 0 { origin.add(lag, ordering: .relaxed) }
  }
}

extension Timestamp {
  /// What the machine's clock says now.
  static func ofMachine() -> Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) }
}
