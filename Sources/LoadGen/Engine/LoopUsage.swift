import CPolling

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a period of time has cost one event loop's thread. Must be made and ended on that thread.
struct LoopUsage {
  private let began: Instant
  private let cpuAtBegin = Self.threadCPU()
  private var length: Int64 = 0
  private var cpu: Int64 = 0
  private var hasEnded = false

  init(began: Instant) { self.began = began }

  /// Ends the period now; only the first call counts.
  mutating func end(_ now: Instant) {
    guard !hasEnded else { return }
    hasEnded = true
    length = now - began
    cpu = Self.threadCPU() - cpuAtBegin
  }

  /// The share of the period in which the thread had the processor, from 0 to 1; `nil` if no time passed or the period has not ended.
  var busyShare: Double? { length > 0 ? min(1, Double(cpu) / Double(length)) : nil }

  /// The processor time of the current thread, in nanoseconds.
  private static func threadCPU() -> Int64 { clock_nanoseconds(CLOCK_THREAD_CPUTIME_ID) }
}
