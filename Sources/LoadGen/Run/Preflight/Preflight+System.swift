import Foundation
package import Shared

extension Preflight {
  /// Looks at this process and its system, and raises the soft limit of file descriptors where that is enough.
  /// - Returns: warnings, in sentences.
  /// - Throws: `ConfigurationError` where the connections cannot all be opened.
  package static func pass(_ scenario: Scenario) throws(ConfigurationError) -> [String] {
    let warnings = [rateWarning(scenario.peakRate, eventLoops: scenario.eventLoops)].compactMap { $0 }
    var limit = rlimit()
    // A limit that cannot be read is no reason not to begin.
    guard getrlimit(descriptors, &limit) == 0 else { return warnings }
    var preflight = Preflight(
      connections: scenario.connections, eventLoops: scenario.eventLoops, cores: ProcessInfo.processInfo.processorCount,
      openDescriptors: openDescriptorCount, softLimit: Int(clamping: limit.rlim_cur), hardLimit: Int(clamping: limit.rlim_max),
      ports: scenario.reachesSocket ? nil : localPorts)
    preflight.areFollowed = scenario.coreSettings(LoopShare(index: 0, count: 1)).connectionsForFollowing > 0
    preflight.closesAfterEachRequest = !scenario.keepsAlive
    if case .raiseLimit(let needed) = try preflight.answer() {
      limit.rlim_cur = rlim_t(needed)
      guard setrlimit(descriptors, &limit) == 0 else { throw preflight.tooFewDescriptors }
    }
    return warnings + [preflight.warning].compactMap { $0 }
  }

  private static var openDescriptorCount: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count) ?? 3
  }

  #if os(macOS)
    private static let descriptors = RLIMIT_NOFILE

    private static var localPorts: ClosedRange<Int>? {
      guard let first = number("net.inet.ip.portrange.first"), let last = number("net.inet.ip.portrange.last"), first <= last
      else { return nil }
      return first...last
    }

    private static func number(_ name: String) -> Int? {
      var value: Int32 = 0
      var size = MemoryLayout<Int32>.size
      return sysctlbyname(name, &value, &size, nil, 0) == 0 ? Int(value) : nil
    }
  #else
    private static let descriptors = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)

    private static var localPorts: ClosedRange<Int>? {
      guard let text = try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_local_port_range", encoding: .utf8) else { return nil }
      let ends = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
      guard ends.count == 2, ends[0] <= ends[1] else { return nil }
      return ends[0]...ends[1]
    }
  #endif
}
