import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Stages of a load")
struct StageTests {
  /// Orders are accepted one at a time, a hundred a second: the second stage asks for more.
  private static func run(_ more: [Setting: String] = [:]) throws -> (summary: Summary, ledger: Ledger) {
    var simulated = SimulatedCase(
      settings: [.rate: "20/s for 2s, 400/s for 2s, 0/s..50/s over 4s", .seed: "1"].merging(more) { $1 })
    simulated.system.answerLimit = 1
    simulated.system.answerTime = .fixed(.milliseconds(10))
    let result = try simulated.run()
    return (try SimulationTests.summary(result, simulated.scenario()), result.run.ledger)
  }

  @Test(
    "A rule on a stage is held against its orders, and against no others", arguments: [1, 3])
  func thresholds(loops: Int) throws {
    let rules: [(String, Summary.ThresholdVerdict)] = [
      ("accept.p(90){stage:1}<50ms", .pass), ("accept.p(50){stage:2}<50ms", .fail), ("accept{stage:2}.p(50)<50ms", .fail),
      ("accept.min{stage:3}<50ms", .fail), ("scheduled{stage:1}==40", .pass), ("scheduled{stage:2}==800", .pass),
      ("offered.rate{stage:3}==25/s", .pass), ("accepted.rate{stage:2}>100/s", .fail), ("errors.rate{stage:2}<1%", .pass),
      ("completion.p(50){stage:1}<1s", .pass), ("turnaround.p(50){stage:2}<1s", .fail), ("lost{stage:3}==0", .pass),
    ]
    var layers = SettingLayers()
    layers.set(.target, ["http://simulated"], from: "the test")
    layers.set(.rate, ["20/s for 2s, 400/s for 2s, 0/s..50/s over 4s"], from: "--rate")
    layers.set(.threshold, rules.map(\.0), from: "--threshold")
    layers.set(.eventLoops, ["\(loops)"], from: "--event-loops")
    let scenario = try Scenario(layers)
    var system = SimulatedSystem.Settings()
    system.answerLimit = 1
    system.answerTime = .fixed(.milliseconds(10))
    let summary = try SimulationTests.summary(try Simulation(scenario.simulation(of: system)).run(), scenario)
    for (rule, verdict) in rules {
      let told = try #require(summary.thresholds.first { $0.expression == rule })
      #expect(told.verdict == verdict, "\(rule): \(told)")
    }
  }

  @Test("Each stage has a row in every report, with what its orders met with")
  func rows() throws {
    let summary = try Self.run().summary
    #expect(summary.stages.map(\.rate) == ["20/s for 2s", "400/s for 2s", "0/s..50/s over 4s"])
    #expect(summary.stages.map(\.orders.scheduled) == [40, 800, 100])
    #expect(summary.stages.map(\.rates.offered) == [20, 400, 25])
    #expect(summary.stages.map(\.window) == [2, 2, 4] && summary.stages.map(\.begins) == [0, 2, 4])
    let p95 = summary.stages.map { $0.latency(.accept)?.values.p95 ?? 0 }
    #expect(p95[0] < 0.05 && p95[1] > 1)
    let terminal = TerminalReport.render(summary, colour: false)
    #expect(terminal.split(separator: "\n").allSatisfy { $0.count <= 100 })
    for report in [terminal, MarkdownReport.render(summary), HTMLReport.render(summary)] {
      for stage in summary.stages {
        let row = report == terminal ? stage.cells.filter { $0 != Figure.count(stage.orders.scheduled) } : stage.cells
        #expect(row.allSatisfy { report.contains($0) }, "\(row)")
      }
    }
    #expect(try Summary.read(from: summary.json()) == summary)
  }

  @Test("A load without stages has no rows, and no books for them")
  func noStages() throws {
    let (summary, ledger) = try Self.run([.rate: "50/s", .duration: "2s"])
    #expect(summary.stages.isEmpty && ledger.stages.isEmpty)
    #expect(!TerminalReport.render(summary, colour: false).contains("Stages"))
  }

  @Test("A stage that a duration cuts off is not there, and one that it cuts is as long as what is left of it")
  func cutStages() throws {
    let summary = try Self.run([.duration: "3s"]).summary
    #expect(summary.stages.map(\.window) == [2, 1])
    #expect(summary.stages.map(\.orders.scheduled) == [40, 400])
    #expect(summary.stages.map(\.rates.offered) == [20, 400])
  }

  @Test("The warm-up is in a stage's counts, and not in its latencies or its rates")
  func warmup() throws {
    let summary = try Self.run([.warmup: "1s"]).summary
    #expect(summary.stages[0].orders.scheduled == 40)
    #expect(summary.stages[0].latency(.accept)?.count == 20)
    #expect(summary.stages[0].window == 1 && summary.stages[0].rates.offered == 20)
  }

  @Test(
    "A rule on a stage that is not there, or on what is none of a stage's, is refused before the run",
    arguments: [
      ("accept.p(99){stage:4}<50ms", "is of stage 4, and the load has 3 stages"), ("lost{stage:0}==0", "counted from 1"),
      ("lost{stage:-1}==0", "counted from 1"), ("lost{stage:+1}==0", "counted from 1"), ("lost{stage:}==0", "counted from 1"),
      ("lost{stage:99999999999999999999}==0", "counted from 1"), ("lost{step:1}==0", "'{step:1}' is none of"),
      ("lost{stage:1==0", "has no '}'"), ("loststage:1}==0", "has no '{'"), ("lost{stage:1}{stage:2}==0", "more than one stage"),
      ("poll.p(99){stage:1}<50ms", "is of the whole run"), ("served.alive{stage:1}==1", "of the whole run"),
    ])
  func refuses(rule: String, part: String) throws {
    var layers = SettingLayers()
    layers.set(.target, ["http://simulated"], from: "the test")
    layers.set(.rate, ["20/s for 2s, 400/s for 2s, 0/s..50/s over 4s"], from: "--rate")
    layers.set(.threshold, [rule], from: "--threshold")
    let error = #expect(throws: ConfigurationError.self) { try Scenario(layers) }
    #expect(error?.description.contains(part) == true && error?.description.contains("--threshold") == true, "\(error?.description ?? "")")
  }

  @Test("More stages than are told apart are refused, with how many there may be")
  func tooMany() throws {
    func scenario(_ count: Int) throws -> Scenario {
      var layers = SettingLayers()
      layers.set(.target, ["http://simulated"], from: "the test")
      layers.set(.rate, [Array(repeating: "20/s for 1s", count: count).joined(separator: ", ")], from: "--rate")
      return try Scenario(layers)
    }
    #expect(try scenario(Scenario.mostStages).stages.count == Scenario.mostStages)
    let error = #expect(throws: ConfigurationError.self) { try scenario(Scenario.mostStages + 1) }
    #expect(error?.description.contains("at most \(Scenario.mostStages)") == true)
  }
}
