import ArgumentParser
import SettingFlags
import Shared

/// The flags of `order-server`, made from the declarations of the settings (`ServerSetting`). Their values are kept as text: `Settings`
/// reads them together with the environment.
struct OrderServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order-server",
    abstract: "A small, honest, fast reference order API.",
    discussion: """
      Orders are stored, answered at once, processed in the background, and reported on at /metrics.

      Example:
        order-server --port 8000 --workers 4 --service-time uniform:50ms..150ms
        order-server --profile fcfs --store memory --time-scale 0.01
        order-server --tls-certificate chain.pem --tls-key key.pem

      When it is ready it prints one line of JSON with its URL. It stops on SIGTERM and on Ctrl-C.
      Each flag can be given as an environment variable too: ORDER_SERVER_SERVICE_TIME for --service-time. The flag wins.
      """)

  @OptionGroup(title: SettingHeading.listening.title) private var listening: SettingFlags<ListeningFlags>
  @OptionGroup(title: SettingHeading.processing.title) private var processing: SettingFlags<ProcessingFlags>
  @OptionGroup(title: SettingHeading.faults.title) private var faults: SettingFlags<FaultFlags>
  @OptionGroup(title: SettingHeading.storage.title) private var storage: SettingFlags<StorageFlags>
  @OptionGroup(title: SettingHeading.accounts.title) private var accounts: SettingFlags<AccountFlags>
  @OptionGroup(title: SettingHeading.limits.title) private var limits: SettingFlags<LimitFlags>
  @OptionGroup(title: SettingHeading.tls.title) private var tls: SettingFlags<TLSFlags>
  @OptionGroup(title: SettingHeading.log.title) private var log: SettingFlags<LogFlags>

  /// The values of the flags that were given, by the name of the setting; a switch has `true`. A flag that was not given is absent.
  var said: [String: [String]] {
    [listening.said, processing.said, faults.said, storage.said, accounts.said, limits.said, tls.said, log.said]
      .reduce(into: [:]) { $0.merge($1) { $1 } }
  }
}

// One type for each heading of `--help`: an option group knows its flags by its type.
enum ListeningFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .listening))
}

enum ProcessingFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .processing))
}

enum FaultFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .faults))
}

enum StorageFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .storage))
}

enum AccountFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .accounts))
}

enum LimitFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .limits))
}

enum TLSFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .tls))
}

enum LogFlags: FlagGroup {
  static let flags = DeclaredFlags(ServerSetting.forms(under: .log))
}
