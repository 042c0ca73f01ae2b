import ArgumentParser
import Foundation
import Shared
import Testing

@testable import LoadGen
@testable import LoadReports
@testable import LoadRun

@Suite("Where a scenario's words lead")
struct PlaceTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "loadgen-places-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path + "/sub/deeper", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func layers(_ text: String, in folder: String) throws -> SettingLayers {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/sc.yaml"))
    var layers = SettingLayers()
    try ScenarioFile(folder + "/sc.yaml").add(to: &layers)
    return layers
  }

  private func complaint(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing is wrong"
    } catch { return "\(error)" }
  }

  @Test("Paths in a scenario file count from its folder, but for absolute ones, and a dialect's name is no path")
  func paths() throws {
    try inFolder { folder in
      let files: [Setting] = [.schedule, .userFile, .cacert, .cert, .key]
      let text = files.map { "\($0.rawValue): a/b.txt\n" }.joined() + "dialect: ../mine.yaml\n"
      let read = try layers(text, in: folder + "/sub")
      for setting in files { #expect(read[setting]?.texts == [folder + "/sub/a/b.txt"], "\(setting)") }
      #expect(read[.dialect]?.texts == [folder + "/sub/../mine.yaml"])
      let plain = try layers("dialect: fcfs\nschedule: /a/b.csv\nreport-dir: out\n", in: folder)
      #expect(plain[.dialect]?.texts == ["fcfs"] && plain[.schedule]?.texts == ["/a/b.csv"] && plain[.reportDirectory]?.texts == ["out"])
    }
  }

  @Test("A flag or a variable counts from the working directory, whatever the scenario says")
  func otherLayers() throws {
    try inFolder { folder in
      var read = try layers("schedule: times.csv\n", in: folder)
      read.add(environment: ["LOADGEN_SCHEDULE": "mine/times.csv"])
      #expect(read[.schedule]?.texts == ["mine/times.csv"] && read[.schedule]?.written == nil)
    }
  }

  @Test("A file that lies in the working directory alone is not taken, and the error names the path that was tried")
  func misplaced() throws {
    try inFolder { folder in
      let name = "loadgen-misplaced-\(UUID().uuidString).csv"
      try Data("0\n".utf8).write(to: URL(fileURLWithPath: name))
      defer { try? FileManager.default.removeItem(atPath: name) }
      let read = try layers("target: http://127.0.0.1:9\nschedule: \(name)\n", in: folder)
      let text = complaint { _ = try Scenario(read) }
      #expect(text.contains("sc.yaml:2: schedule: there is no '\(folder)/\(name)'"), "\(text)")
      #expect(text.contains("counts from the file's own folder") && !text.contains("\n"), "\(text)")
      // Beside the scenario it is found, and a flag needs neither.
      try Data("0\n1\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      #expect(try Scenario(read).expectedOrders == 2)
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      var byFlag = read
      byFlag.set(.schedule, [name], from: "--schedule")
      #expect(try Scenario(byFlag).expectedOrders == 1)
    }
  }

  @Test("Labels and headers may be a mapping, a list, or a list of mappings")
  func mappings() throws {
    try inFolder { folder in
      for text in [
        "label: {commit: 4f2a, build: 7}\nheader: {X-Trace: 1, X-Of: 'a: b'}\n",
        "label: [commit=4f2a, build: 7]\nheader:\n  - X-Trace: 1\n  - 'X-Of: a: b'\n",
        "label:\n  - commit: 4f2a\n    build: 7\nheader:\n  X-Trace: 1\n  X-Of: 'a: b'\n",
      ] {
        let scenario = try Scenario(layers("target: http://127.0.0.1:9\n" + text, in: folder))
        #expect(scenario.labels == ["commit": "4f2a", "build": "7"], "\(text)")
        #expect(scenario.headers.map { "\($0.name)|\($0.value)" } == ["X-Trace|1", "X-Of|a: b"], "\(text)")
      }
      for (text, words) in [
        ("label: {a: {b: c}}", "label is a mapping of plain values, as in 'commit: 4f2a'"), ("label: {a=b: c}", "'a=b' cannot be a key"),
        ("orders: {a: 1}", "orders is one value"), ("threshold: {a: 1}", "threshold is a value or a list of values"),
      ] {
        let found = complaint { _ = try layers(text, in: folder) }
        #expect(found.contains(words), "\(found)")
      }
    }
  }

  @Test("A scenario or a dialect is the same whichever way its lines end", arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func lineEnds(end: String, mark: String) throws {
    try inFolder { folder in
      func written(_ lines: [String]) -> String { mark + lines.joined(separator: end) }
      let scenario = try Scenario(
        layers(written(["target: http://127.0.0.1:9", "# ours", "label:", "  - a=b", "orders: 7"]), in: folder))
      #expect(scenario.orders == 7 && scenario.labels == ["a": "b"])
      let file = folder + "/shop.yaml"
      let lines = [
        "like: standard", "create:", "  path: /o", "  body: |", #"    {"user_id":"u-{index}","#, #"     "total_amount":1}"#,
        "  id: {body: order_id}",
      ]
      try Data(written(lines).utf8).write(to: URL(fileURLWithPath: file))
      try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: folder + "/plain.yaml"))
      var plain = try DialectFile.read(folder + "/plain.yaml")
      plain.name = "shop"
      #expect(try DialectWriter.text(DialectFile.read(file)) == DialectWriter.text(plain))
    }
  }

  @Test("A variable of several values has one on each line, whichever way lines end; one of a single value may end its line, too")
  func variables() {
    for end in ["\n", "\r\n"] {
      for (mark, last) in [("", ""), ("\u{FEFF}", end)] {
        var layers = SettingLayers()
        layers.add(environment: [
          "LOADGEN_HEADER": mark + "X-A: 1" + end + end + "X-B: 2 " + last,
          "LOADGEN_THRESHOLD": mark + "lost==0" + end + "accepted>1" + last,
          "LOADGEN_LABEL": "a=b" + last, "LOADGEN_RATE": mark + "200/s" + last, "LOADGEN_NO_THRESHOLD": end,
        ])
        #expect(layers[.header]?.texts == ["X-A: 1", "X-B: 2 "])
        #expect(layers[.threshold]?.texts == ["lost==0", "accepted>1"])
        #expect(layers[.label]?.texts == ["a=b"] && layers[.rate]?.texts == ["200/s"] && layers[.noThreshold] == nil)
      }
    }
  }

  @Test("A header replaces that of the same name from a variable or a file, in any case, and leaves the others; labels are replaced")
  func headers() throws {
    var layers = SettingLayers()
    layers.add(environment: ["LOADGEN_HEADER": "X-A: 1\nX-B: 2\nX-A: 3", "LOADGEN_LABEL": "a=b"])
    layers.add(flags: ["header": ["x-a: 4", "X-C: 5"], "label": ["c=d"]])
    #expect(layers[.header]?.texts == ["X-B: 2", "x-a: 4", "X-C: 5"] && layers[.label]?.texts == ["c=d"])
    #expect(layers[.header]?.origin == "LOADGEN_HEADER and --header" && layers[.label]?.origin == "--label")
    layers.add(flags: ["header": ["X-B: 6", "X-A: 7", "X-C: 8"]])
    #expect(layers[.header]?.texts == ["X-B: 6", "X-A: 7", "X-C: 8"] && layers[.header]?.origin == "--header")
  }

  @Test(
    "A run that nobody named is called after its target's host, unusual port and path",
    arguments: [
      ("http://orders.example.com/api/v1", "orders.example.com-api-v1"), ("https://orders.example.com/", "orders.example.com"),
      ("http://orders.example.com:8080/api/", "orders.example.com-8080-api"), ("http://127.0.0.1:8000", "127.0.0.1-8000"),
      ("127.0.0.1:8000/shop", "127.0.0.1-8000-shop"), ("http://[::1]:8000/x", "[::1]-8000-x"),
    ])
  func names(target: String, name: String) throws {
    var layers = SettingLayers()
    layers.set(.target, [target], from: "the target")
    #expect(try Scenario(layers).name == name)
    #expect(!ReportFolder.defaultPath(startedAt: "2026-09-21T14:13:20Z", name: name).dropFirst(8).contains("/"))
    layers.set(.name, ["mine"], from: "--name")
    #expect(try Scenario(layers).name == "mine")
  }

  @Test("A program of the run's own is called after its dialect: its port means nothing")
  func servedNames() throws {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:{port}/api"], from: "--serve")
    layers.set(.serve, ["server {port}"], from: "--serve")
    layers.set(.dialect, ["fcfs"], from: "--dialect")
    #expect(try Scenario(layers).name == "fcfs-api")
  }

  @Test(
    "A word that is no command is answered with the one that was meant",
    arguments: [
      (["rum"], "there is no command 'rum': did you mean 'run'?"),
      (["rum", "http://127.0.0.1:9", "-n", "5"], "there is no command 'rum': did you mean 'run'?"),
      (
        ["frobnicate"],
        "there is no command 'frobnicate': it can be run, simulate, compare, ab, history, capacity, report, demo, dialects, self-test or calibrate"
      ),
      (["http://127.0.0.1:9", "-n", "5"], "'http://127.0.0.1:9' is no command: did you mean 'loadgen run http://127.0.0.1:9'?"),
      (["localhost:8000/api"], "did you mean 'loadgen run localhost:8000/api'?"), (["load.yaml"], "did you mean 'loadgen run load.yaml'?"),
      (["dialects", "shw", "fcfs"], "there is no command 'dialects shw': did you mean 'show'?"),
      (["dialects", "shop.yaml"], "did you mean 'loadgen dialects check shop.yaml'?"),
    ])
  func strayWords(arguments: [String], words: String) {
    let found = StrayWord.refusal(of: arguments, to: LoadGenCommand.self)
    #expect(found?.contains(words) == true, "\(found ?? "")")
  }

  @Test(
    "What has its place is no stray word",
    arguments: [
      [], ["run", "anything"], ["--version"], ["help", "run"], ["dialects"], ["dialects", "show", "fcfs"], ["demo", "--rate", "5"],
      ["-h", "x"],
    ])
  func wordsInPlace(arguments: [String]) { #expect(StrayWord.refusal(of: arguments, to: LoadGenCommand.self) == nil) }

  @Test("Variables that are no settings are named; those that are, and what Kubernetes sets for a service of our name, are not")
  func strangeVariables() {
    let all = Dictionary(uniqueKeysWithValues: Setting.allCases.map { ($0.variable, "1") })
    #expect(SaidSettings.notes(on: all).isEmpty)
    let links = ["LOADGEN_PORT": "tcp://10.0.0.1:80", "LOADGEN_SERVICE_HOST": "10.0.0.1", "LOADGEN_PORT_80_TCP_ADDR": "10.0.0.1"]
    #expect(SaidSettings.notes(on: links).isEmpty)
    #expect(
      SaidSettings.notes(on: ["LOADGEN_RAT": "5/s", "LOADGEN": "x"]) == [
        "LOADGEN_RAT is set, and is no setting: did you mean LOADGEN_RATE?"
      ])
  }

  @Test(
    "Colour is for terminals that can show it, and for whoever wants it",
    arguments: [
      ([:], true), (["TERM": "xterm"], true), (["TERM": "dumb"], false), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true),
    ] as [([String: String], Bool)])
  func colour(environment: [String: String], isWanted: Bool) { #expect(Paint.isWanted(by: environment) == isWanted) }
}
