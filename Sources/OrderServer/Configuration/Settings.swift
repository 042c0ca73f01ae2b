import Logging
import Shared

/// What was set by flag or by environment, before it is read. The flag wins, and an error names the one that was used.
struct Settings {
  /// Texts by the flag's name without its dashes: `service-time`.
  var flags: [String: String] = [:]
  var environment: [String: String] = [:]

  /// What any variable of ours begins with.
  static let prefix = "ORDER_SERVER_"

  /// - Throws: `ConfigurationError` for the first value that cannot be read.
  func configuration() throws -> ServerConfiguration {
    var configuration = ServerConfiguration()
    try read("host", into: \.host, of: &configuration) { text in
      guard !text.isEmpty else {
        throw UnitError(expected: "a host", found: text, remedy: "name an address of this machine, as in 127.0.0.1 or 0.0.0.0")
      }
      return text
    }
    try read("port", into: \.port, of: &configuration) { text in
      guard let port = Int(text), (0...65_535).contains(port) else {
        throw UnitError(expected: "a port", found: text, remedy: "it lies from 0 (any free one) to 65535")
      }
      return port
    }
    try readStore(into: &configuration)
    try read("profile", into: \.profile, of: &configuration, Profile.init(named:))
    configuration.adoptPlan(of: configuration.profile)
    try read("workers", into: \.workers, of: &configuration, Workers.init(text:))
    try read("service-time", into: \.serviceTime, of: &configuration) { try ServiceTime(text: $0) }
    try read("batch-every", into: \.batchEvery, of: &configuration) { text in
      let interval = try Duration(text: text)
      guard interval >= .milliseconds(1) else {
        throw UnitError(expected: "a time between two batches", found: text, remedy: "it is at least 1ms, as in 2m")
      }
      return interval
    }
    try read("time-scale", into: \.timeScale, of: &configuration) { text in
      guard let scale = Double(text), scale > 0, scale <= 1 else {
        throw UnitError(expected: "a time scale", found: text, remedy: "it lies above 0 and is at most 1, as in 0.01")
      }
      return scale
    }
    try read("failure-rate", into: \.failureRate, of: &configuration) { try Share(text: $0).fraction }
    try read("seed-data", into: \.sampleOrders, of: &configuration) { try Self.count($0, "a number of sample orders", 0...1_000_000) }
    try read("seed", into: \.seed, of: &configuration) { text in
      guard let seed = UInt64(text) else {
        throw UnitError(expected: "a seed", found: text, remedy: "it is a whole number from 0 to \(UInt64.max)")
      }
      return seed
    }
    try read("log-level", into: \.logLevel, of: &configuration) { text in
      guard let level = Logger.Level(rawValue: text) else {
        let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        throw UnitError(expected: "a log level", found: text, remedy: "it is one of \(names)")
      }
      return level
    }
    try read("log-format", into: \.logFormat, of: &configuration, LogFormat.init(text:))
    try read("create-rate-limit", into: \.createRateLimit, of: &configuration) { $0 == "off" ? nil : try Rate(text: $0) }
    configuration.accounts = try accountSettings()
    configuration.limits = try limits()
    configuration.tls = try tlsSettings()
    configuration.notes = notes
    return configuration
  }

  /// The variable that stands for a flag: `ORDER_SERVER_SERVICE_TIME` for `service-time`.
  static func variable(for flag: String) -> String { prefix + flag.uppercased().split(separator: "-").joined(separator: "_") }

  /// What was set, and where: the flag, or the variable that stands for it.
  func said(_ flag: String) -> (text: String, origin: String)? {
    let variable = Self.variable(for: flag)
    return flags[flag].map { ($0, "--\(flag)") } ?? ownValue(variable).map { ($0.singleLine, variable) }
  }

  /// The value of a variable; `nil` where it is not set, or was set by Kubernetes and is about a service of our name.
  private func ownValue(_ variable: String) -> String? {
    environment[variable].flatMap { ServiceLink.isOne(variable, value: $0, after: Self.prefix) ? nil : $0 }
  }

  /// Reads one value where it was set; else the field stays as it is.
  func read<Root, Value>(
    _ flag: String, into field: WritableKeyPath<Root, Value>, of configuration: inout Root, _ parse: (String) throws -> Value
  ) throws {
    guard let (text, origin) = said(flag) else { return }
    do {
      configuration[keyPath: field] = try parse(text)
    } catch {
      throw ConfigurationError("\(origin): \(error)")
    }
  }

  /// The file that a flag names; `nil` where it was not given.
  func file(_ flag: String) throws -> NamedFile? {
    guard let (text, origin) = said(flag) else { return nil }
    guard !text.isEmpty else {
      throw ConfigurationError(
        "\(origin): \(UnitError(expected: "a file", found: text, remedy: "name one, as in \(flag).pem"))")
    }
    return NamedFile(path: text, origin: origin)
  }

  /// A whole number within a range.
  /// - Parameter what: as in `a number of connections`.
  /// - Throws: `UnitError`.
  static func count(_ text: String, _ what: String, _ range: ClosedRange<Int>) throws -> Int {
    guard let count = Int(text), range.contains(count) else {
      throw UnitError(expected: what, found: text, remedy: "it lies from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }
}
