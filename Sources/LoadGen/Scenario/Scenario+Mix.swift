import Shared

extension Mix {
  /// Reads `cancel=5%,duplicate=1%,invalid=1%,list=2%`.
  /// - Throws: `UnitError`.
  static func shares(text: String) throws -> [Kind: Double] {
    func refuse(_ remedy: String) -> UnitError { UnitError(expected: "a mix", found: text, remedy: remedy) }
    var shares: [Kind: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
      guard pair.count == 2 else { throw refuse("write it as in cancel=5%,duplicate=1%") }
      guard let kind = Kind(rawValue: String(pair[0])) else {
        throw refuse("'\(pair[0])' is none of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard shares[kind] == nil else { throw refuse("it has '\(kind.rawValue)' twice") }
      do { shares[kind] = try Share(text: pair[1]).fraction } catch { throw refuse("\(kind.rawValue): \(error)") }
    }
    return shares
  }

  /// As it is read back.
  static func text(_ shares: [Kind: Double]) -> String {
    Kind.allCases.compactMap { kind in shares[kind].map { "\(kind.rawValue)=\(SettingFormat.share.show($0))" } }.joined(separator: ",")
  }
}

extension SettingFormat<[Mix.Kind: Double]> {
  static var shares: Self { Self(read: Mix.shares(text:), show: Mix.text) }
}

extension Scenario {
  /// What the dialect does not know cannot be asked for.
  func refuseMix(_ settings: SettingLayers) throws(ConfigurationError) {
    for kind in Mix.Kind.allCases where mix.shares[kind] != nil {
      if let missing = missing(for: kind) {
        throw ConfigurationError(
          "\(settings.origin(.mix)): \(kind.rawValue) cannot be asked for, because the dialect \(dialect.name) has no '\(missing)'")
      }
      guard follows || kind == .invalid || kind == .list else {
        throw ConfigurationError("\(settings.origin(.mix)): \(kind.rawValue) is of orders that are followed; leave --no-follow out")
      }
    }
  }

  /// The key of a dialect file that it takes.
  private func missing(for kind: Mix.Kind) -> String? {
    switch kind {
    case .cancel: dialect.cancel == nil ? "cancel" : nil
    case .duplicate: dialect.create.duplicates == nil ? "create.duplicates" : nil
    case .invalid: dialect.create.invalidBody == nil ? "create.invalid" : nil
    case .list: dialect.list == nil ? "list" : nil
    case .orderMetrics: dialect.orderMetrics == nil ? "order_metrics" : nil
    }
  }
}
