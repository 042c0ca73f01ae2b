/// The ticks of a job that begins at every multiple of an interval.
public enum BatchTicks {
  /// How long it is to the next one, in nanoseconds, at least 1: of a tick that is now, the next is an interval away.
  /// - Parameters:
  ///   - passed: since the ticks are counted, in nanoseconds, at least 0.
  ///   - interval: at least 1, in nanoseconds.
  public static func wait(after passed: Int64, every interval: Int64) -> Int64 { interval - passed % interval }
}
