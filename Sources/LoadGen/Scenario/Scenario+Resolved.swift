import Shared

extension Scenario {
  /// Every setting as a flag would take it. Values of headers may be secrets: only their names are told.
  var resolved: [String: String] {
    var texts: [String: String] = [:]
    for setting in Setting.allCases {
      let declaration = setting.declaration
      if declaration.isTold(self) { texts[setting.rawValue] = declaration.show(self) }
    }
    return texts
  }

  /// Tells whether two runs did the same: FNV-1a over all settings that change what is sent, and none that changes where or by which seed.
  /// Of a recorded schedule it is the due times that count, and not the file's name.
  var hash: String {
    let apart: Set<Setting> = [.target, .name, .seed, .serve, .schedule, .insecure, .cacert, .cert, .key]
    let text = resolved.filter { key, _ in !apart.contains { $0.rawValue == key } }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    var hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    if case .recorded(let times) = load { hash = times.due.reduce(hash) { ($0 ^ UInt64(bitPattern: $1)) &* 0x100_0000_01b3 } }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

// What is made of several settings, as each of them would be said.
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
