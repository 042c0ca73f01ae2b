import ArgumentParser
import Logging
import Shared
import Testing

@testable import OrderServer

@Suite("Settings")
struct SettingsTests {
  @Test("Without any setting, the defaults hold")
  func defaults() throws {
    let configuration = try Settings().configuration()
    #expect(configuration.host == "127.0.0.1" && configuration.port == 8000)
    #expect(configuration.store == .sqlite(SQLiteLocation(path: "orders.db", synchronous: .full)))
    #expect(configuration.profile == .standard)
    #expect(configuration.workers == .limited(8))
    #expect(configuration.serviceTime == .fixed(.milliseconds(100)))
    #expect(configuration.seed == nil && configuration.logLevel == .notice)
  }

  @Test("Every setting can be given by flag and by environment, and the flag wins")
  func precedence() throws {
    let values = [
      "host": "0.0.0.0", "port": "0", "store": "memory", "profile": "standard", "workers": "unlimited",
      "service-time": "uniform:0ms..2s", "seed": "42", "log-level": "debug",
    ]
    let environment = Dictionary(uniqueKeysWithValues: values.map { (ServerSetting.variable(of: $0), $1) })
    let nonsense = environment.mapValues { _ in "?" }
    for settings in [
      Settings(flags: values), Settings(environment: environment), Settings(flags: values, environment: nonsense),
    ] {
      let configuration = try settings.configuration()
      #expect(configuration.host == "0.0.0.0" && configuration.port == 0 && configuration.store == .memory)
      #expect(configuration.workers == .unlimited && configuration.serviceTime == .uniform(.zero, .seconds(2)))
      #expect(configuration.seed == 42 && configuration.logLevel == .debug)
    }
    #expect(ServerSetting.variable(of: "service-time") == "ORDER_SERVER_SERVICE_TIME")
  }

  @Test("The flags of the command are those that the settings read")
  func flags() throws {
    let names = ServerSetting.allCases.map(\.rawValue)
    let command = try OrderServerCommand.parse(names.flatMap { ["--\($0)", "x"] })
    #expect(command.said == Dictionary(uniqueKeysWithValues: names.map { ($0, ["x"]) }))
    #expect(try OrderServerCommand.parse([]).said.isEmpty)
  }

  @Test("What the help says of a default is what holds, and is read as the same")
  func fallbacks() throws {
    let none = try Settings().configuration()
    for setting in ServerSetting.allCases {
      guard let shown = setting.declaration.show(ServerSetting.defaults) else { continue }
      let configuration = try Settings(flags: [setting.rawValue: shown]).configuration()
      #expect(setting.declaration.show(configuration) == setting.declaration.show(none), "\(setting.flag) \(shown)")
    }
    #expect(ServerSetting.loginRateLimit.form.sentence == "How often wrong credentials may be tried from one address; or off (10/m).")
  }

  @Test(
    "A wrong value is refused by the name that it was given under, with what would be right",
    arguments: [
      ("port", "http", "it lies from 0"), ("port", "65536", "to 65535"), ("port", "-1", "it lies from 0"), ("host", "", "an address"),
      ("store", "orders.db", "write sqlite:orders.db"), ("store", "sqlite:", "name a file"), ("store", "sqlite::memory:", "write memory"),
      ("store", "sqlite:a.db?synchronous=never", "one of full, normal, off"), ("store", "sqlite:a.db?cache=1", "'cache=1' is no option"),
      ("profile", "fcfs2", "there is standard"), ("workers", "0", "unlimited"), ("workers", "many", "unlimited"),
      ("service-time", "100", "needs a unit"), ("service-time", "gamma:2s", "'gamma' is none of"), ("seed", "1.5", "whole number"),
      ("log-level", "loud", "notice"), ("log-format", "xml", "one of text, json"), ("batch-every", "0", "at least 1ms"),
      ("batch-every", "2", "needs a unit"), ("time-scale", "0", "above 0"), ("time-scale", "2", "at most 1"),
      ("failure-rate", "101%", "from 0% to 100%"), ("seed-data", "-1", "from 0"), ("create-rate-limit", "fast", "200/s"),
      ("max-body-size", "1", "64KiB"), ("max-body-size", "2GiB", "from 1KiB to 1GiB"), ("max-header-size", "16MiB", "from 1KiB to 1MiB"),
      ("max-header-count", "9", "from 10 to 10000"), ("idle-timeout", "60", "needs a unit"), ("read-timeout", "0s", "from 10ms to 24h"),
      ("write-timeout", "2d", "none of h, m, s"), ("max-connections", "none", "from 1 to 1000000"),
    ])
  func refuses(flag: String, value: String, remedy: String) {
    let byFlag = #expect(throws: ConfigurationError.self) { try Settings(flags: [flag: value]).configuration() }
    #expect(byFlag?.description.hasPrefix("--\(flag): '\(value)' is not ") == true, "\(byFlag?.description ?? "")")
    #expect(byFlag?.description.contains(remedy) == true, "\(byFlag?.description ?? "")")
    let variable = ServerSetting.variable(of: flag)
    let byVariable = #expect(throws: ConfigurationError.self) { try Settings(environment: [variable: value]).configuration() }
    #expect(byVariable?.description.hasPrefix("\(variable): ") == true, "\(byVariable?.description ?? "")")
  }

  @Test("What Kubernetes sets for a service of the server's name is ignored, and said to be; a port that was meant is not")
  func serviceLinks() throws {
    let links = [
      "ORDER_SERVER_PORT": "tcp://10.96.0.1:9999", "ORDER_SERVER_SERVICE_HOST": "10.96.0.1", "ORDER_SERVER_SERVICE_PORT": "9999",
      "ORDER_SERVER_SERVICE_PORT_HTTP": "9999", "ORDER_SERVER_PORT_9999_TCP": "tcp://10.96.0.1:9999",
      "ORDER_SERVER_PORT_9999_TCP_PROTO": "tcp", "ORDER_SERVER_PORT_9999_TCP_PORT": "9999", "ORDER_SERVER_PORT_9999_TCP_ADDR": "10.96.0.1",
    ]
    let configuration = try Settings(environment: links).configuration()
    #expect(configuration.port == 8000)
    #expect(configuration.notes.map(\.level) == [.notice])
    #expect(configuration.notes.first?.text.contains("ORDER_SERVER_PORT=tcp://10.96.0.1:9999 is ignored: Kubernetes") == true)
    #expect(try Settings(flags: ["port": "81"], environment: links).configuration().port == 81)
    #expect(try Settings(environment: ["ORDER_SERVER_PORT": "82"]).configuration().port == 82)
    #expect(throws: ConfigurationError.self) { try Settings(environment: ["ORDER_SERVER_PORT": "http://10.96.0.1:9999"]).configuration() }
  }

  @Test("A variable that is no setting is named with the one that was meant, and all that are settings are known")
  func strangeVariables() throws {
    let notes = Settings(environment: ["ORDER_SERVER_PROT": "80", "ORDER_SERVER": "x", "ORDER_SERVER_ACCOUNT": "hunter2"]).notes
    #expect(
      notes == [
        Settings.Note(level: .warning, text: "ORDER_SERVER_ACCOUNT is set, and is no setting: did you mean ORDER_SERVER_ACCOUNTS?"),
        Settings.Note(level: .warning, text: "ORDER_SERVER_PROT is set, and is no setting: did you mean ORDER_SERVER_PORT?"),
      ])
    let all = ServerSetting.allCases.map(\.variable) + Settings.Secrets.all
    #expect(Settings(environment: Dictionary(uniqueKeysWithValues: all.map { ($0, "1") })).notes.isEmpty)
  }

  @Test("A variable's value does not end with its line", arguments: ["", "\n", "\r\n"])
  func lineEnds(end: String) throws {
    let environment = ["ORDER_SERVER_PORT": "81\(end)", "ORDER_SERVER_STORE": "memory\(end)", "ORDER_SERVER_PROFILE": "\u{FEFF}fcfs\(end)"]
    let configuration = try Settings(environment: environment).configuration()
    #expect(configuration.port == 81 && configuration.store == .memory && configuration.profile == .fcfs)
  }

  @Test("A store is printed as it was written", arguments: ["memory", "sqlite:a b.db", "sqlite:/x/y.db?synchronous=off"])
  func printsStores(text: String) throws {
    #expect(try StoreLocation(text: text).description == text)
  }

  @Test("A database that this program was built without is refused with the command that builds it in")
  func namesTheTrait() throws {
    for (url, trait) in [("postgresql://me@db/orders", "PostgreSQL"), ("postgres://db/orders", "PostgreSQL"), ("mariadb://db/x", "MySQL")] {
      let error = #expect(throws: UnitError.self) { try StoreLocation(text: url, builtIn: []) }
      #expect(error?.description.contains("swift build -c release --product order-server --traits \(trait)") == true)
    }
  }

  @Test("A database's URL is taken apart, and its password is never shown")
  func readsDatabases() throws {
    let all = Set(DatabaseKind.allCases)
    let store = try StoreLocation(text: "mysql://me:s3cr%40t@db.example:3307/shop?socket=/run/my.sock", builtIn: all)
    guard case .database(let location) = store else { throw UnitError(expected: "a database", found: "\(store)", remedy: "") }
    #expect(location.kind == .mySQL && location.host == "db.example" && location.port == 3307 && location.user == "me")
    #expect(location.database == "shop" && location.options == ["socket": "/run/my.sock"])
    #expect(location.password.map { String(decoding: $0.bytes, as: UTF8.self) } == "s3cr@t")
    #expect(!"\(store) \(location)".contains("s3cr"))
    for (text, remedy) in [
      ("postgresql://db", "name the database"), ("mysql://db/a/b", "name the database"), ("mysql://me:s3cret@db/a?charset=x", "'charset'"),
      ("postgresql://db/a?password=s3cret", "before the @"), ("postgresql://[/a", "write postgresql://user@host/orders"),
    ] {
      let error = #expect(throws: UnitError.self, "\(text)") { try StoreLocation(text: text, builtIn: all) }
      #expect(error?.description.contains(remedy) == true && error?.description.contains("s3cret") == false, "\(error?.description ?? "")")
    }
  }

  @Test(
    "A lease and a number of connections that cannot be are refused",
    arguments: [("lease", "1ms"), ("lease", "5"), ("store-connections", "0")])
  func refusesStoreSettings(flag: String, value: String) {
    let error = #expect(throws: ConfigurationError.self) { try Settings(flags: [flag: value]).configuration() }
    #expect(error?.description.hasPrefix("--\(flag): ") == true)
  }

  @Test(
    "A profile brings its own way of processing, which flags change",
    arguments: [
      ("standard", "8", "100ms", nil), ("basic-auth", "1", "uniform:0s..200ms", nil), ("parallel", "unlimited", "5s", nil),
      ("sequential", "1", "5s", nil), ("marketplace", "1", "1s", "2m"), ("fcfs", "1", "2s", nil),
    ] as [(String, String, String, String?)])
  func profiles(name: String, workers: String, serviceTime: String, batchEvery: String?) throws {
    let configuration = try Settings(flags: ["profile": name]).configuration()
    #expect(configuration.profile.name == name && configuration.profile.dialect.name == name)
    #expect(configuration.workers.description == workers && configuration.serviceTime.description == serviceTime)
    #expect(configuration.batchEvery?.text == batchEvery)
    #expect(configuration.port == 8000 && configuration.store.description == "sqlite:orders.db")
    let changed = try Settings(flags: [
      "profile": name, "workers": "3", "service-time": "1s", "batch-every": "10s", "time-scale": "0.5", "failure-rate": "1%",
    ]).configuration()
    #expect(
      changed.plan
        == ProcessingPlan(
          workers: .limited(3), serviceTime: .fixed(.milliseconds(500)), batchEvery: .seconds(5), failureRate: 0.01))
  }
}
