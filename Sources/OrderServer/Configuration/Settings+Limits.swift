import Shared

extension Settings {
  /// The flags that this file reads.
  static let limitFlags = [
    "max-body-size", "max-header-size", "max-header-count", "idle-timeout", "read-timeout", "write-timeout", "max-connections",
  ]

  /// - Throws: `ConfigurationError` for the first value that cannot be read.
  func limits() throws -> ServerLimits {
    var limits = ServerLimits()
    try read("max-body-size", into: \.maxBodySize, of: &limits) { try Self.size($0, "a size of bodies", from: 1 << 10, to: 1 << 30) }
    try read("max-header-size", into: \.maxHeaderSize, of: &limits) { try Self.size($0, "a size of heads", from: 1 << 10, to: 1 << 20) }
    try read("max-header-count", into: \.maxHeaderCount, of: &limits) { try Self.count($0, "a number of header fields", 10...10_000) }
    try read("idle-timeout", into: \.idleTimeout, of: &limits, Self.timeout)
    try read("read-timeout", into: \.readTimeout, of: &limits, Self.timeout)
    try read("write-timeout", into: \.writeTimeout, of: &limits, Self.timeout)
    try read("max-connections", into: \.maxConnections, of: &limits) { try Self.count($0, "a number of connections", 1...1_000_000) }
    return limits
  }

  private static func size(_ text: String, _ what: String, from least: Int, to most: Int) throws -> ByteCount {
    let size = try ByteCount(text: text)
    guard (least...most).contains(size.bytes) else {
      throw UnitError(expected: what, found: text, remedy: "it lies from \(ByteCount(least)) to \(ByteCount(most)), as in 64KiB")
    }
    return size
  }

  private static func timeout(_ text: String) throws -> Duration {
    let timeout = try Duration(text: text)
    guard (Duration.milliseconds(10)...Duration.seconds(86_400)).contains(timeout) else {
      throw UnitError(expected: "a timeout", found: text, remedy: "it lies from 10ms to 24h, as in 30s")
    }
    return timeout
  }
}
