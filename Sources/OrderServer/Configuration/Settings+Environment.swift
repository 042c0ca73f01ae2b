import Logging
import Shared

extension Settings {
  /// The flags that can be given as variables, too.
  static let allFlags =
    [
      "host", "port", "profile", "workers", "service-time", "batch-every", "time-scale", "failure-rate", "seed", "seed-data", "log-level",
      "log-format", "create-rate-limit",
    ] + storeFlags + accountFlags + limitFlags + tlsFlags

  /// Those that no flag stands for: secrets, which do not belong among the arguments.
  static let secretVariables = ["ORDER_SERVER_STORE_PASSWORD", "ORDER_SERVER_TOKEN_SECRET", "ORDER_SERVER_ACCOUNTS"]

  /// A line about the settings themselves.
  struct Note: Sendable, Equatable {
    var level: Logger.Level
    var text: String
  }

  /// About each variable that looks like a setting and is ignored: because it is about a service of our name, or because there is no such
  /// setting.
  var notes: [Note] {
    let known = Self.allFlags.map(Self.variable) + Self.secretVariables
    let links = known.filter { name in environment[name].map { ServiceLink.isOne(name, value: $0, after: Self.prefix) } ?? false }
    let strange = StrangeVariables.notes(in: environment, prefix: Self.prefix, known: known)
    return links.map { name in
      let value = Spelling.shown(environment[name] ?? "")
      return Note(level: .notice, text: "\(name)=\(value) is ignored: Kubernetes sets it for a service of this name, and it is no setting")
    } + strange.map { Note(level: .warning, text: $0) }
  }
}
