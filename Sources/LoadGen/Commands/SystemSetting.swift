import LoadRun
import SettingFlags
import Shared

/// The settings of the simulated system. Those that order-server has as well mean the same here.
enum SystemSetting: String, DeclaredSetting {
  case workers
  case systemSeed = "system-seed"
  case serviceTime = "service-time"
  case batchEvery = "batch-every"
  case failureRate = "failure-rate"
  case networkDelay = "network-delay"
  case answerTime = "answer-time"
  case answerLimit = "answer-limit"
  case fault, faults, stalls, restarts
  case clockRate = "clock-rate"
  case othersOrders = "others-orders"
  case metricsDecimals = "metrics-decimals"
  case metricsAge = "metrics-age"
  case retryAfter = "retry-after"
  case accessTokenLifetime = "access-token-lifetime"

  static let prefix = Setting.prefix
  static var defaults: SimulatedSystem.Settings { SimulatedSystem.Settings() }
}

extension SettingHeading {
  static let system = SettingHeading("The simulated system")
}

/// The flags of the simulated system.
enum SystemFlags: FlagGroup {
  static let flags = DeclaredFlags(SystemSetting.forms(under: .system))
}

extension SystemSetting {
  var declaration: SettingDeclaration<SimulatedSystem.Settings> {
    switch self {
    case .workers:
      .value(
        \.workers, .limit(of: "workers"), under: .system, "How many orders are processed at the same time: a number, or unlimited")
    case .systemSeed:
      .value(
        \.seed, .optionalSeed, under: .system, default: "that of the run",
        "Seed of all that is random about the system: with one --seed and two of these, two systems get the same orders")
    case .serviceTime:
      .value(
        \.serviceTime, .time(as: "a service time"), under: .system,
        "How long an order is processed: 100ms, uniform:0ms..200ms, exponential:2s or lognormal:2s,0.5")
    case .batchEvery:
      .value(
        \.batchEvery, .batchInterval, under: .system, default: "each as soon as a worker is free",
        "Takes up all pending orders at every multiple of this time, as in 2m")
    case .failureRate:
      .value(\.failureRate, .share, under: .system, "The part of all orders whose processing goes wrong, as in 1%")
    case .networkDelay:
      .value(
        \.networkDelay, .time(as: "a delay"), under: .system,
        "How long a request or an answer is on its way, written like a service time")
    case .answerTime:
      .value(
        \.answerTime, .time(as: "a time"), under: .system,
        "How long the system works on a request before it answers, written like a service time")
    case .answerLimit:
      .value(
        \.answerLimit, .limit(of: "requests"), under: .system,
        "How many requests it works on at the same time: a number, or unlimited")
    case .fault:
      .list(
        \.lies, under: .system, reads: Fault.lie,
        """
        A lie that it tells of its figures, or what it does wrong with orders, as order-server's: total=-1, figures=stale:2s, orders=lost:5%; \
        order-server --help faults lists all
        """)
    case .faults:
      .value(
        \.faults, SettingFormat { try SimulatedFaults(text: $0) }, under: .system, default: "nothing",
        "What goes wrong on the way and at the door, each at its share: reset=1%,lost-answer=0.5%; see the guide")
    case .stalls:
      .value(
        \.stalls, .pauses, under: .system, default: "never",
        "When it answers nothing for a while, from the beginning on: 10s+2s, or several, with commas")
    case .restarts:
      .value(
        \.restarts, .pauses, under: .system, default: "never",
        "When it goes down, and for how long: 30s+5s, or several; what was at work is begun anew")
    case .clockRate:
      .value(
        \.clockRate, .clockRate, under: .system, "By how much its clock runs fast, or slow where negative, as in 200ppm")
    case .othersOrders:
      .value(
        \.othersOrders, .gaps, under: .system, default: "nobody else sends any",
        "How long it is from one order of somebody else's to the next, written like a service time")
    case .metricsDecimals:
      .value(\.metricsDecimals, .decimals, under: .system, "To how many decimals its metrics print averages, from 0 to 9")
    case .metricsAge:
      .value(
        \.metricsAge, .durationOrZero, under: .system, "For how long its metrics are told again before they are counted anew")
    case .retryAfter:
      .value(
        \.retryAfter, .durationOrZero, under: .system, default: "it does not",
        "How long it asks to be left alone with every answer to a poll, as Retry-After")
    case .accessTokenLifetime:
      .value(
        \.tokenLifetime, .lifetime, under: .system, default: "for ever",
        "How long an access token is good for, where the dialect has tokens")
    }
  }
}

// MARK: How values are written

extension Fault {
  /// Reads a fault that can be simulated.
  /// - Throws: `UnitError`.
  fileprivate static func lie(_ text: String) throws -> Fault {
    let fault = try Fault(text: text)
    switch fault.kind {
    case .figures(.sums, _), .figures(.histograms, _), .figures(.requests, _), .metrics(.slow): break
    case .figures, .metrics, .orders, .creates, .ids: return fault
    case .wire: break
    }
    throw UnitError(
      expected: "a fault that can be simulated", found: text,
      remedy:
        "all can be but sums, histograms, requests, metrics=slow and those of the wire, which --faults has; give these to order-server")
  }
}

extension SettingFormat<Duration> {
  fileprivate static var lifetime: Self { between(.nanoseconds(1), nil, "a lifetime", "write one longer than 0, as in 15m") }
}

extension SettingFormat<ServiceTime> {
  fileprivate static var gaps: Self {
    Self { text in
      let time = try ServiceTime(text: text, as: "a time")
      guard time.mean >= .microseconds(1) else {
        throw UnitError(expected: "a time between orders", found: text, remedy: "write one of at least 1us, as in exponential:1s")
      }
      return time
    }
  }
}

extension SettingFormat<[SimulatedSystem.Pause]> {
  fileprivate static var pauses: Self {
    Self(read: SimulatedSystem.Pause.list) { $0.map(\.description).joined(separator: ",") }
  }
}

extension SettingFormat<Double> {
  fileprivate static var clockRate: Self {
    Self(
      read: { text in
        guard text.hasSuffix("ppm"), let millionths = Double(text.dropLast(3)), abs(millionths) <= 100_000 else {
          throw UnitError(
            expected: "a clock's rate", found: text, remedy: "write the millionths by which it runs fast, as in 200ppm or -50ppm")
        }
        return millionths / 1e6
      }, show: { $0 == 0 ? "0ppm" : "\($0 * 1e6)ppm" })
  }
}

extension SettingFormat<UInt64?> {
  fileprivate static var optionalSeed: Self {
    Self(read: SettingFormat<UInt64>.seed.read) { $0.map(String.init) ?? "" }
  }
}

extension SettingFormat<Int> {
  fileprivate static var decimals: Self {
    Self { text in
      guard let decimals = Int(text), (0...9).contains(decimals) else {
        throw UnitError(expected: "a number of decimals", found: text, remedy: "write one from 0 to 9")
      }
      return decimals
    }
  }
}
