import Shared

extension Mix {
  /// Reads `cancel=5%,duplicate=1%,invalid=1%,list=2%` as fractions of the orders.
  /// - Throws: `UnitError`.
  static func shares(text: String) throws -> [RequestKind: Double] {
    func refuse(_ remedy: String) -> UnitError { UnitError(expected: "a mix", found: text, remedy: remedy) }
    var shares: [RequestKind: Double] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
      guard pair.count == 2 else { throw refuse("write it as in cancel=5%,duplicate=1%") }
      guard let kind = RequestKind.sideRequests.first(where: { $0.mixName == pair[0] }) else {
        throw refuse("'\(pair[0])' is none of \(RequestKind.sideRequests.map(\.mixName).joined(separator: ", "))")
      }
      guard shares[kind] == nil else { throw refuse("it has '\(kind.mixName)' twice") }
      do { shares[kind] = try Share(text: pair[1]).fraction } catch { throw refuse("\(kind.mixName): \(error)") }
    }
    return shares
  }

  /// Reads back as the same shares.
  static func text(_ shares: [RequestKind: Double]) -> String {
    RequestKind.sideRequests.compactMap { kind in shares[kind].map { "\(kind.mixName)=\(SettingFormat.share.show($0))" } }
      .joined(separator: ",")
  }
}

extension SettingFormat<[RequestKind: Double]> {
  static var shares: Self { Self(read: Mix.shares(text:), show: Mix.text) }
}

extension Scenario {
  /// Refuses side requests that the dialect cannot express, or that need orders to be followed when they are not.
  func refuseMix(_ settings: SettingLayers) throws(ConfigurationError) {
    for kind in RequestKind.sideRequests where mix.shares[kind] != nil {
      if let missing = dialect.missing(for: kind) {
        throw ConfigurationError(
          "\(settings.origin(.mix)): \(kind.mixName) cannot be asked for, because the dialect \(dialect.name) has no '\(missing)'")
      }
      guard follows || kind.standsAlone else {
        throw ConfigurationError("\(settings.origin(.mix)): \(kind.mixName) is of orders that are followed; leave --no-follow out")
      }
    }
  }
}

extension Dialect {
  /// The key that a dialect file would need for this kind of side request, and lacks; `nil` where the request can be made.
  func missing(for kind: RequestKind) -> String? {
    switch kind {
    case .cancel: cancel == nil ? "cancel" : nil
    case .duplicate: create.duplicates == nil ? "create.duplicates" : nil
    case .invalid: create.invalidBody == nil ? "create.invalid" : nil
    case .list: list == nil ? "list" : nil
    case .orderMetrics: orderMetrics == nil ? "order_metrics" : nil
    case .orderRead: fullestPage == nil ? "order" : nil
    case .create, .confirm, .poll, .listPoll, .metrics, .register, .login, .refresh: nil
    }
  }
}
