import CPolling
import Foundation

/// What this process has used of the machine so far.
struct ProcessUsage: Sendable {
  var cpuSeconds: Double
  var peakMemoryBytes: Int

  package static func now() -> ProcessUsage {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
      let unit = 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      let unit = 1
    #endif
    return ProcessUsage(
      cpuSeconds: Double(clock_nanoseconds(CLOCK_PROCESS_CPUTIME_ID)) / 1e9,
      peakMemoryBytes: highWaterMark ?? Int(usage.ru_maxrss) * unit)
  }

  /// In bytes, of this program alone. On Linux, what `getrusage` reports goes back to before this program was executed, and so includes
  /// what its parent used.
  private static var highWaterMark: Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kibibytes * 1024
  }
}
