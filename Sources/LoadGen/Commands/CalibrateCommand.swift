import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import LoadStudy
import Shared

/// `loadgen calibrate`: how often a comparison is wrong, by simulated comparisons whose truth is known.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Makes simulated comparisons whose truth is known, and counts how often they are wrong, or right.",
    discussion: """
      Examples:
        loadgen calibrate --kind drift --sets 1000 --pairs 10
        loadgen calibrate --kind stationary --sets 100 --shift 10% -d 1m --margin 5% --pairs 5,10,20
        loadgen calibrate --kind bursts --sets 250 --until-decided

      Each set is a comparison of its own, as 'loadgen ab' makes it, against a simulated system whose chance differs from run to run; without
      --shift both sides are equal. Written are lines of JSON, one for each figure and number of pairs; the guide's figures are made of them
      (scripts/calibrate).
      """)

  @Option(help: "What goes on around the runs: \(Circumstances.allCases.map(\.rawValue).joined(separator: ", ")).") var kind = "stationary"
  @Option(help: "How many comparisons are made.") var sets = 1_000
  @Option(help: "How many pairs each has, or several numbers, with commas (10).") var pairs = "10"
  @Flag(help: "Looks after each pair, and ends where every figure is decided, as ab --until-decided does; at most 30 pairs.")
  var untilDecided = false
  @Option(help: "How much longer everything takes for the candidate.") var shift = "0%"
  @Option(name: .shortAndLong, help: "How long the load of each run is.") var duration = "5s"
  @Option(help: "The margin by which figures are judged.") var margin = "0%"
  @Option(help: "How sure each figure is.") var confidence = "95%"
  @Option(help: "The figures (repeatable).") var gate: [String] = ["accept.p(50)", "accept.p(95)", "completion.p(50)", "completion.p(95)"]
  @Option(help: "Seed of everything.") var seed: UInt64 = 0
  @Flag(help: "Writes the differences and the interval of every set, too.") var data = false

  func run() async throws {
    guard let circumstances = Circumstances(rawValue: kind) else {
      throw ConfigurationError("--kind '\(kind)': \(Circumstances.allCases.map(\.rawValue).joined(separator: ", ")) would be right")
    }
    let numbers = pairs.split(separator: ",").compactMap { Int($0) }
    guard let most = numbers.max(), numbers.allSatisfy({ (1...1_000).contains($0) }), numbers.count <= 20 else {
      throw ConfigurationError("--pairs '\(pairs)': write a number from 1 to 1000, or several, as in 5,10,20")
    }
    guard (1...1_000_000).contains(sets) else { throw ConfigurationError("--sets \(sets): from 1 to 1000000 would be right") }
    var settings = ComparisonSettings()
    settings.gates = try gate.map { text throws(ConfigurationError) in try ComparedFigure(text: text) }
    settings.margin = try Share.fraction(of: margin, "--margin")
    // Each figure is told of for itself.
    settings.alpha = (1 - (try ComparisonOptions.confidence(confidence))) * Double(settings.gates.count)
    let length: ABCourse.Length = untilDecided ? .untilDecided(most: 30) : .pairs(most)
    let layers = Self.layers(duration)
    let time: Duration
    do { time = try Duration(text: duration) } catch { throw ConfigurationError("--duration: \(error)") }
    let factor = 1 + (try Share.fraction(of: shift, "--shift"))
    let interrupts = Interrupts.trapped(consequence: "ending after this comparison")
    defer { interrupts.release() }
    var tallies = numbers.map { number in settings.gates.map { (number: number, tally: CalibrationTally($0)) } }
    for number in 0..<sets where !interrupts.isInterrupted {
      let random = SeededRandom(seed: SeededRandom(seed: seed).bits(.randomRun, UInt64(number)))
      let course = try Self.course(random, length, settings, layers, circumstances, factor, time)
      for (place, wanted) in numbers.enumerated() {
        for index in tallies[place].indices {
          tallies[place][index].tally.add(
            course.baseline, course.candidate, pairs: untilDecided ? nil : wanted, isSequential: untilDecided,
            confidence: settings.gateConfidence, margin: settings.margin)
        }
      }
    }
    for tally in tallies.joined() { try Console.result(try line(tally.tally, pairs: tally.number)) }
    if interrupts.isInterrupted { throw ExitCode(Int32(Outcome.interrupted.exitCode)) }
  }

  /// All runs of a comparison.
  private static func course(
    _ random: SeededRandom, _ length: ABCourse.Length, _ settings: ComparisonSettings, _ layers: SettingLayers,
    _ circumstances: Circumstances, _ factor: Double, _ duration: Duration
  ) throws -> ABCourse {
    var course = ABCourse(seed: random.seed, length, settings, shown: [])
    var made = 0
    while let step = course.next {
      var said = layers
      said.set(.seed, ["\(step.seed)"], from: "the calibration")
      let scenario = try Scenario(said)
      let system = circumstances.system(random, run: made, factor: step.side == .candidate ? factor : 1, duration: duration)
      let result = try Simulation(scenario.simulation(of: system)).run()
      var facts = RunFacts(result.run, of: scenario, at: try TargetURL(text: scenario.targetText), startedAt: "1970-01-01T00:00:00.000Z")
      facts.simulation = Summary.Simulation(result, workers: system.workers)
      _ = try course.add(Summary(facts), place: "\(step.pair)-\(step.side.rawValue)")
      made += 1
    }
    return course
  }

  /// 200 orders a second, as a Poisson process, polled every 20 ms.
  private static func layers(_ duration: String) -> SettingLayers {
    var layers = SettingLayers()
    let said: [(Setting, String)] = [
      (.target, "http://simulated"), (.rate, "200/s"), (.arrivals, "poisson"), (.duration, duration), (.poll, "20ms"),
      (.metricsEvery, "1s"),
      (.name, "calibration"), (.noReport, "true"), (.maxOutstanding, "100000"),
    ]
    for (setting, text) in said { layers.set(setting, [text], from: "the calibration") }
    return layers
  }

  /// What came of a figure's comparisons.
  private struct Line: Encodable {
    let kind: String
    let shift: String
    let margin: String
    let duration: String
    let sequential: Bool
    let figure: String
    let pairs: Int
    let sets: Int
    let regressed: Int
    let improved: Int
    let equivalent: Int
    let undecided: Int
    let meanPairs: Double
    let truth: Double?
    let covering: Int
    let data: [CalibrationTally.Set]?
  }

  private func line(_ tally: CalibrationTally, pairs: Int) throws -> String {
    let made = tally.sets.reduce(0) { $0 + $1.pairs }
    // Where both sides are equal the truth is known; else it is what all pairs together say.
    let truth = shift == "0%" ? 0 : tally.truth
    let line = Line(
      kind: kind, shift: shift, margin: margin, duration: duration, sequential: untilDecided, figure: tally.figure.name, pairs: pairs,
      sets: tally.sets.count, regressed: tally.count(.regressed), improved: tally.count(.improved), equivalent: tally.count(.equivalent),
      undecided: tally.count(.undecided), meanPairs: Double(made) / Double(max(1, tally.sets.count)), truth: truth,
      covering: truth.map(tally.covering) ?? 0, data: data ? tally.sets : nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(line), as: UTF8.self) + "\n"
  }
}
