import Shared
import Testing

@testable import LoadGen
@testable import LoadRun

@Suite("The progress line")
struct ProgressTests {
  private func scenario(_ settings: [Setting: String]) throws -> Scenario {
    var layers = SettingLayers()
    layers.set(.target, ["http://127.0.0.1:8000"], from: "the test")
    for (setting, text) in settings { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    return try Scenario(layers)
  }

  private func figures(_ dice: inout Dice) -> ProgressFigures {
    func count() -> Int { dice.pick([0, 1, dice.int(0...50), dice.int(0...1_000_000_000)]) }
    func seconds() -> Double? { dice.chance(0.1) ? nil : dice.pick([0, 59.96, 1e-7, 1e6]) * dice.uniform() }
    var figures = ProgressFigures()
    figures.time = dice.chance(0.05) ? nil : seconds() ?? 0
    figures.isVirtual = dice.chance(0.3)
    figures.sent = count()
    figures.expected = dice.chance(0.3) ? nil : count()
    figures.rate = dice.chance(0.1) ? nil : Double(count()) * dice.uniform()
    figures.target = dice.chance(0.3) ? nil : Double(count()) * dice.uniform()
    figures.backlog = count()
    figures.trend = dice.pick([nil, .growing, .shrinking, .steady])
    figures.givenUp = count()
    figures.errors = count()
    figures.acceptP95 = seconds()
    figures.acceptIsUnbounded = figures.acceptP95 == nil && dice.chance(0.5)
    figures.timeLeft = seconds()
    figures.isDraining = dice.chance(0.2)
    return figures
  }

  @Test("It is never wider than the terminal, has no line break, and says more where there is more room")
  func widths() {
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let figures = figures(&dice)
      let whole = figures.text()
      #expect(!whole.isEmpty && whole.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" })
      // Each character is one column wide: none combines with another, and none is of a script whose characters take two.
      #expect(whole.unicodeScalars.count == whole.count && whole.unicodeScalars.allSatisfy { $0.value < 0x2000 || $0 == "µ" }, "\(whole)")
      for width in 0...200 {
        let text = figures.text(width: width)
        #expect(text.count <= width, "\(width): \(text)")
        if width >= whole.count { #expect(text == whole) }
      }
    }
  }

  private var busy: ProgressFigures {
    var figures = ProgressFigures()
    figures.time = 12.34
    figures.sent = 2_460
    figures.expected = 6_000
    figures.rate = 198.4
    figures.target = 200
    figures.backlog = 31
    figures.trend = .growing
    figures.acceptP95 = 0.00217
    figures.timeLeft = 17.2
    return figures
  }

  @Test("What matters least goes first: that nothing went wrong, and how many were sent; what went wrong goes last")
  func priorities() {
    var figures = busy
    #expect(
      figures.text()
        == "12.3s · 198 of 200/s · sent 2,460 of 6,000 · backlog 31, growing · 0 errors · 0 given up · accept p95 2.17ms · 18s left")
    #expect(figures.text(width: 95) == "12.3s · 198 of 200/s · sent 2,460 of 6,000 · backlog 31, growing · accept p95 2.17ms · 18s left")
    #expect(figures.text(width: 79) == "12.3s · 198 of 200/s · backlog 31, growing · accept p95 2.17ms · 18s left")
    #expect(figures.text(width: 59) == "12.3s · 198/200/s · backlog 31 up · p95 2.17ms · 18s left")
    figures.errors = 12
    figures.givenUp = 3
    #expect(figures.text(width: 59) == "12.3s · 198/200/s · backlog 31 up · 12 errors · 3 given up")
    #expect(figures.text(width: 45) == "12.3s · 198/200/s · backlog 31 up · 12 errors")
    #expect(figures.text(width: 20) == "12.3s · 198/200/s")
    #expect(figures.text(width: 3) == "12.")
  }

  /// Looks at a run four times a second, as it is told to the line.
  private func look(
    _ scenario: Scenario, seconds: Double, submitted: (Double) -> Double, backlog: (Double) -> Double
  ) -> ProgressFigures {
    var history = ProgressHistory(LoadOutline(scenario))
    var figures = ProgressFigures()
    for tick in 1...Int(seconds * 4) {
      let time = Double(tick) / 4
      var progress = RunProgress()
      progress.time = Int64(time * 1e9)
      progress.submitted = Int(submitted(time))
      progress.scheduled = progress.submitted
      progress.backlog = Int(backlog(time))
      figures = history.add(progress)
    }
    return figures
  }

  @Test("The rate stands beside what is asked for at the same time, in stages and on ramps, too")
  func rates() throws {
    let steady = look(try scenario([.rate: "200/s", .duration: "30s"]), seconds: 10, submitted: { $0 * 150 }, backlog: { _ in 3 })
    #expect(steady.rate == 150 && steady.target == 200 && steady.timeLeft == 20 && !steady.isDraining && steady.expected == 6_000)
    let ramp = try scenario([.rate: "0/s..100/s over 10s, 20/s for 10s"])
    // The mean of the last three seconds of the ramp, and of the stage after it.
    #expect(abs((look(ramp, seconds: 10, submitted: { $0 }, backlog: { _ in 0 }).target ?? 0) - 85) < 1e-6)
    #expect(abs((look(ramp, seconds: 14, submitted: { $0 }, backlog: { _ in 0 }).target ?? 0) - 20) < 1e-6)
    let over = look(ramp, seconds: 21, submitted: { $0 }, backlog: { _ in 0 })
    #expect(over.isDraining && over.target == nil && over.rate == nil && over.text().hasSuffix("draining"))
    let closed = look(try scenario([.concurrency: "5", .orders: "1000"]), seconds: 5, submitted: { $0 * 100 }, backlog: { _ in 0 })
    #expect(closed.target == nil && closed.rate == 100 && closed.timeLeft == 5)
  }

  @Test(
    "A backlog that comes and goes is steady, one that climbs is growing",
    arguments: [
      ("constant", .steady), ("climbing", .growing), ("falling", .shrinking), ("noisy", .steady), ("empty", .steady),
      ("turned", .shrinking),
    ] as [(String, ProgressFigures.Trend)])
  func trends(kind: String, trend: ProgressFigures.Trend) throws {
    var dice = Dice(seed: 5)
    let figures = look(try scenario([.rate: "200/s", .duration: "1m"]), seconds: 20, submitted: { $0 * 200 }) { time in
      switch kind {
      case "climbing": time * 20
      case "falling": 1_000 - time * 20
      case "noisy": 100 + (dice.uniform() - 0.5) * 20
      case "empty": 0
      case "turned": time < 18 ? time * 20 : 360 - (time - 18) * 100
      default: 100
      }
    }
    #expect(figures.trend == trend)
  }

  @Test("Sums of several loops are those of one, and the percentile is that of all their orders")
  func sums() {
    var (one, two, both) = (RunProgress(), RunProgress(), RunProgress())
    for index in 0..<100 as Range<Int64> {
      let value = index * 1_000_000
      if index.isMultiple(of: 3) { one.accept.record(value) } else { two.accept.record(value) }
      both.accept.record(value)
    }
    one.time = 5
    let sum = one + two
    #expect(sum.time == 5 && sum.accept.count == 100)
    #expect(Percentiles.upper(.p95, of: sum.accept) == Percentiles.upper(.p95, of: both.accept))
  }

  @Test("A simulated run tells of its backlog as its orders come and go")
  func simulated() throws {
    var told: [RunProgress] = []
    var simulated = SimulatedCase(settings: [.rate: "2000/s", .orders: "60000", .poll: "20ms", .seed: "1", .maxOutstanding: "300"])
    simulated.system.workers = 4
    _ = try Simulation(try simulated.scenario().simulation(of: simulated.system)).run { progress in
      told.append(progress)
      return false
    }
    #expect(told.count > 2)
    #expect(told.allSatisfy { $0.backlog >= 0 && $0.backlog <= $0.outstanding && $0.time ?? -1 >= 0 })
    #expect(told.contains { $0.backlog > 100 && $0.givenUp > 0 && $0.accept.count > 0 })
    #expect(zip(told, told.dropFirst()).allSatisfy { $0.time ?? 0 <= $1.time ?? 0 && $0.submitted <= $1.submitted })
  }
}
