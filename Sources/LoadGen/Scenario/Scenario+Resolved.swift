import Shared

extension Scenario {
  /// Every setting that is told in a report, by its name, as a flag would take it. Values of headers may be secrets: only their names are
  /// included.
  var resolved: [String: String] {
    var texts: [String: String] = [:]
    for setting in Setting.allCases {
      let declaration = setting.declaration
      if declaration.isTold(self) { texts[setting.rawValue] = declaration.show(self) }
    }
    return texts
  }

  /// Equal for two runs that do the same: 16 hexadecimal digits of FNV-1a over all settings that change what is sent, but not those that
  /// only change where to, by which seed, or how it is judged. A recorded schedule counts by its due times, not by its file's name.
  var hash: String {
    let text = resolved.filter { key, _ in Setting(rawValue: key).map { $0.changesLoad && $0 != .schedule } ?? true }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    var hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    if case .recorded(let times) = load { hash = times.due.reduce(hash) { ($0 ^ UInt64(bitPattern: $1)) &* 0x100_0000_01b3 } }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

// Settings that are read together with others, each written as it could be given.
extension Scenario {
  var usersText: String? { if case .closed(let users) = load { "\(users)" } else { nil } }

  var rateText: String? {
    switch load {
    case .closed, .recorded: nil
    case .open(let rate, _): rate.description
    case .stages(let stages, _): stages.description
    }
  }

  var arrivals: Arrivals? {
    switch load {
    case .closed, .recorded: nil
    case .open(_, let arrivals), .stages(_, let arrivals): arrivals
    }
  }

  var headerNames: String? { headers.isEmpty ? nil : headers.map(\.name).joined(separator: ", ") }
}
