import Shared

@testable import OrderServer

extension Settings {
  /// - Parameter flags: by their names, each with the one text that it is given with.
  init(flags: [String: String] = [:], environment: [String: String] = [:]) {
    self.init(flags: flags.mapValues { [$0] }, environment: environment)
  }
}

extension ServerSetting {
  /// `ORDER_SERVER_SERVICE_TIME` of `service-time`; empty where there is no such flag.
  static func variable(of flag: String) -> String { ServerSetting(rawValue: flag)?.variable ?? "" }
}
