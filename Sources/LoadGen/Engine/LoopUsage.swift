import CPolling

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a stretch of time has cost one event loop's thread. Made and ended on that thread.
struct LoopUsage {
  private let began: Instant
  private let cpuAtBegin = Self.threadCPU()
  private var length: Int64 = 0
  private var cpu: Int64 = 0
  private var hasEnded = false

  init(began: Instant) { self.began = began }

  /// Takes the stretch to end now; only the first time counts.
  mutating func end(_ now: Instant) {
    guard !hasEnded else { return }
    hasEnded = true
    length = now - began
    cpu = Self.threadCPU() - cpuAtBegin
  }

  /// The part of the time in which the thread had the processor, from 0 to 1; `nil` where no time passed.
  var busyShare: Double? { length > 0 ? min(1, Double(cpu) / Double(length)) : nil }

  /// In nanoseconds.
  private static func threadCPU() -> Int64 { clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID) }
}
