import Foundation
import Shared

/// What can be set of a run. The raw value is the long flag's name, the key in a scenario file, and, in capitals, the environment variable's.
package enum Setting: String, CaseIterable, Sendable {
  case target, dialect, name
  case concurrency, orders, duration, warmup, rate, arrivals, schedule
  case thinkTime = "think-time"
  case waitFor = "wait-for"
  case noFollow = "no-follow"
  case keepGoing = "keep-going"
  case poll
  case pollFirst = "poll-first"
  case pollJitter = "poll-jitter"
  case maxPolls = "max-polls"
  case orderTimeout = "order-timeout"
  case requestTimeout = "request-timeout"
  case connections
  case noKeepAlive = "no-keep-alive"
  case maxRequestsPerConnection = "max-requests-per-connection"
  case connectRamp = "connect-ramp"
  case insecure, cacert, cert, key
  case maxOutstanding = "max-outstanding"
  case eventLoops = "event-loops"
  case seed, threshold
  case noThreshold = "no-threshold"
  case label, header, user
  case userFile = "user-file"
  case accounts, mix
  case exclusive
  case sharedTarget = "shared-target"
  case onInvalid = "on-invalid"
  case serve
  case readyURL = "ready-url"
  case readyTimeout = "ready-timeout"
  case reportDirectory = "report-dir"
  case noReport = "no-report"

  /// `order-timeout` is `LOADGEN_ORDER_TIMEOUT`.
  package var variable: String { Self.prefix + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }

  /// Whether several values may be given.
  var isList: Bool {
    switch self {
    case .threshold, .noThreshold, .label, .header: true
    default: false
    }
  }
}

extension Setting {
  /// What a list in a scenario file is joined by, where it may stand for one text; `nil` elsewhere.
  var joint: String? { self == .rate ? ", " : nil }

  /// What stands between the two parts of a value, which in a scenario file may be a key with its value; `nil` where there are none.
  var pairJoint: String? {
    switch self {
    case .label: "="
    case .header: ": "
    default: nil
    }
  }

  /// Whether it names a file, which in a scenario file is looked for from that file's own folder.
  var isPath: Bool {
    switch self {
    case .dialect, .schedule, .userFile, .cacert, .cert, .key: true
    default: false
    }
  }

  /// What any variable of ours begins with.
  static let prefix = "LOADGEN_"
}

/// The raw text of each setting, with where it came from. Later layers win.
package struct SettingLayers: Sendable {
  package struct Value: Sendable, Equatable {
    var texts: [String]
    /// As an error names it: `--rate`, `LOADGEN_RATE`, `load.yaml:3: rate`.
    var origin: String
    /// Of a path that counts from a scenario file's folder: as it is written there.
    var written: String?
  }

  private(set) var values: [Setting: Value] = [:]

  package init() {}

  package mutating func set(_ setting: Setting, _ texts: [String], from origin: String, written: String? = nil) {
    values[setting] = Value(texts: texts, origin: origin, written: written)
  }

  package subscript(setting: Setting) -> Value? { values[setting] }

  /// Where the setting came from, or the flag that would set it.
  func origin(_ setting: Setting) -> String { values[setting]?.origin ?? "--\(setting.rawValue)" }

  /// Takes up every `LOADGEN_…` variable that is set and not empty.
  package mutating func add(environment: [String: String]) {
    for setting in Setting.allCases {
      guard let text = environment[setting.variable], !text.isEmpty else { continue }
      let texts = setting.isList ? text.textLines.filter { !$0.isEmpty } : [text.singleLine]
      if !texts.isEmpty { set(setting, texts, from: setting.variable) }
    }
  }

  /// A line about each variable that was probably meant to be a setting.
  package static func notes(on environment: [String: String]) -> [String] {
    StrangeVariables.notes(in: environment, prefix: Setting.prefix, known: Setting.allCases.map(\.variable))
  }

  /// The one value of a setting, read.
  /// - Throws: `ConfigurationError` that names where it came from.
  func value<Value>(_ setting: Setting, _ read: (String) throws -> Value) throws(ConfigurationError) -> Value? {
    try list(setting, read).last
  }

  /// Every value of a setting, read.
  func list<Value>(_ setting: Setting, _ read: (String) throws -> Value) throws(ConfigurationError) -> [Value] {
    guard let value = values[setting] else { return [] }
    var result: [Value] = []
    for text in value.texts {
      if let scalar = text.unicodeScalars.first(where: { $0 != "\r" && TerminalText.isCommand($0) }) {
        let number = String(scalar.value, radix: 16, uppercase: true)
        throw ConfigurationError(
          "\(value.origin): it has a control character in it, U+\(String(repeating: "0", count: max(0, 4 - number.count)))\(number): leave that out"
        )
      }
      do { result.append(try read(text)) } catch { throw ConfigurationError("\(value.origin): \(error)") }
    }
    return result
  }

  func flag(_ setting: Setting) throws(ConfigurationError) -> Bool {
    try value(setting) { text in
      switch text.lowercased() {
      case "true", "yes", "1", "on": return true
      case "false", "no", "0", "off": return false
      default: throw UnitError(expected: "a switch", found: text, remedy: "it is true or false")
      }
    } ?? false
  }

  func count(_ setting: Setting, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
    try value(setting) { text in
      guard let number = Int(text), range.contains(number) else {
        throw UnitError(
          expected: "a count", found: text, remedy: "it is a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }

  /// - Parameter zeroIsRight: whether no time at all may be said.
  func duration(_ setting: Setting, zeroIsRight: Bool = false) throws(ConfigurationError) -> Duration? {
    try value(setting) { text in
      let duration = try Duration(text: text)
      guard duration > .zero || zeroIsRight else {
        throw UnitError(expected: "a duration", found: text, remedy: "it must be greater than zero")
      }
      return duration
    }
  }
}
