import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import SettingFlags
import Shared

/// The flags that say what a run does, as declared by the settings.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: SettingHeading.target.title) private var target: SettingFlags<TargetFlags>
  @OptionGroup(title: SettingHeading.load.title) private var load: SettingFlags<LoadFlags>
  @OptionGroup(title: SettingHeading.following.title) private var following: SettingFlags<FollowingFlags>
  @OptionGroup(title: SettingHeading.connections.title) private var connections: SettingFlags<ConnectionFlags>
  @OptionGroup(title: SettingHeading.tls.title) private var tls: SettingFlags<TLSFlags>
  @OptionGroup(title: SettingHeading.accounts.title) private var accounts: SettingFlags<AccountFlags>
  @OptionGroup(title: SettingHeading.verdicts.title) private var verdicts: SettingFlags<VerdictFlags>
  @OptionGroup(title: SettingHeading.reports.title) private var reports: SettingFlags<ReportFlags>
  @Flag(name: .shortAndLong, help: "Shows no progress.") var quiet = false
  @Flag(help: "Uses no colour (also with NO_COLOR or TERM=dumb, or where the output is no terminal).") var noColor = false

  /// What was said by flags, by the settings' names.
  var said: [String: [String]] {
    [target.said, load.said, following.said, connections.said, tls.said, accounts.said, verdicts.said, reports.said]
      .reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  /// Whether there is a terminal that can show colour, and nothing forbids it.
  var usesColour: Bool { Console.usesColour(unless: noColor) }
}

/// Without `--target`, which only a run over the network has.
enum TargetFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .target).filter { $0.name != Setting.target.rawValue })
}

/// The flags under "The load".
enum LoadFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .load))
}

/// The flags under "Following orders".
enum FollowingFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .following))
}

/// The flags under "Connections".
enum ConnectionFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .connections))
}

/// The flags under "TLS".
enum TLSFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .tls))
}

/// The flags under "Accounts".
enum AccountFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .accounts))
}

/// The flags under "Verdicts", without `--confidence`, which is of the comparison where there is one.
enum VerdictFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .verdicts).filter { $0.name != Setting.confidence.rawValue })
}

/// `--confidence`, which only a run that is judged by itself has.
enum ConfidenceFlag: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .verdicts).filter { $0.name == Setting.confidence.rawValue })
}

/// The flags under "Reports".
enum ReportFlags: FlagGroup {
  static let flags = DeclaredFlags(Setting.forms(under: .reports))
}
