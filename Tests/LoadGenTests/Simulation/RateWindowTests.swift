import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Rates, and what they are counted over")
struct RateWindowTests {
  private func summary(
    _ settings: [Setting: String], _ change: (inout SimulatedSystem.Settings) -> Void = { _ in }, interruptAt: Int64? = nil
  ) throws -> Summary {
    var simulated = SimulatedCase(settings: settings.merging([.seed: "7"]) { own, _ in own })
    change(&simulated.system)
    let scenario = try simulated.scenario()
    var simulation = scenario.simulation(of: simulated.system)
    simulation.generator.interruptAt = interruptAt
    return try SimulationTests.summary(try Simulation(simulation).run(), scenario)
  }

  @Test(
    "A constant rate that is kept is offered and accepted to the last digit, however few the orders",
    arguments: ["0.1/s", "3/s", "7/s", "200/s", "12345/s"], ["1", "2", "7", "100"])
  func constantRates(rate: String, orders: String) throws {
    let told = try summary([.rate: rate, .orders: orders])
    let asked = try Rate(text: rate).perSecond
    #expect(abs((told.rates.offered ?? 0) / asked - 1) < 1e-14)
    let count = try #require(Double(orders))
    #expect(abs(told.run.loadWindow - count / asked) < 1e-9)
    // Answered 300 µs after they were due: at these rates that is before the next one would be due, or in any case before the end.
    if asked < 3_000 { #expect(told.rates.accepted == told.rates.offered) }
  }

  @Test(
    "Offered times the window is what was due in it, accepted times the window what was accepted in it, whatever the load",
    arguments: [
      [.rate: "0.1/s", .duration: "15s"], [.rate: "5/s..0/s over 2s"], [.rate: "20/s", .arrivals: "poisson", .orders: "60"],
      [.rate: "20/s", .arrivals: "poisson", .duration: "3s", .warmup: "1s", .eventLoops: "3"],
      [.rate: "0/s..100/s over 2s, 20/s for 3s", .orders: "70", .eventLoops: "2"], [.rate: "50/s", .duration: "2s", .warmup: "500ms"],
      [.concurrency: "5", .orders: "200", .eventLoops: "2"], [.concurrency: "5", .duration: "2s", .thinkTime: "exponential:100ms"],
    ] as [[Setting: String]])
  func products(settings: [Setting: String]) throws {
    for seed in 0..<10 {
      let told = try summary(settings.merging([.seed: "\(seed)"]) { own, _ in own })
      let window = told.run.loadWindow
      for rate in [told.rates.offered, told.rates.accepted, told.rates.completed, told.rates.polls, told.rates.requests] {
        let count = (rate ?? -1) * window
        #expect(abs(count - count.rounded()) < 1e-6 && count > -0.5, "seed \(seed): \(rate ?? -1)/s over \(window) s")
      }
      #expect(abs((told.rates.completedWholeRun ?? 0) * told.run.duration - Double(told.orders.completed)) < 1e-6)
      #expect(abs((told.rates.pollsWholeRun ?? 0) * told.run.duration - Double(told.polls?.count ?? -1)) < 1e-6)
      #expect(abs(told.run.warmup + window + told.run.drainWindow - told.run.duration) < 1e-6)
      if settings[.warmup] == nil, settings[.arrivals] == nil {
        #expect(abs((told.rates.offered ?? 0) * window - Double(told.orders.scheduled)) < 1e-6)
      }
    }
  }

  @Test("What was issued: 0.1/s for 15 s is two orders in 15 s, 5/s..0/s over 2s five orders in 2 s")
  func fewOrders() throws {
    let slow = try summary([.rate: "0.1/s", .duration: "15s"])
    #expect(slow.run.loadWindow == 15 && slow.rates.offered == 2.0 / 15 && slow.rates.accepted == 2.0 / 15)
    let falling = try summary([.rate: "5/s..0/s over 2s"])
    #expect(falling.run.loadWindow == 2 && falling.rates.offered == 2.5 && falling.rates.accepted == 2.5)
  }

  @Test("A load that is over before anything completes says so of its window, and what completed of the whole run, named so")
  func shortLoads() throws {
    let told = try summary([.concurrency: "50", .orders: "200"]) { $0.serviceTime = .fixed(.seconds(1)) }
    #expect(told.rates.completed == 0 && told.rates.polls == 0)
    #expect((told.rates.completedWholeRun ?? 0) > 1 && (told.rates.pollsWholeRun ?? 0) > 1)
    let reports = [TerminalReport.render(told, colour: false), MarkdownReport.render(told), HTMLReport.render(told)]
    for report in reports {
      #expect(report.contains("load window, \(Figure.seconds(told.run.loadWindow))"))
      #expect(report.contains("whole run, \(Figure.seconds(told.run.duration))"))
      #expect(report.contains("completed \(Figure.rate(told.rates.completedWholeRun))"))
    }
  }

  @Test("A load that is interrupted has a window that ends there")
  func interrupted() throws {
    for seconds in 1...5 {
      let told = try summary([.rate: "10/s", .duration: "1m", .eventLoops: "2"], interruptAt: Int64(seconds) * .second)
      #expect(told.outcomes.contains(.interrupted))
      // The scrapes before the load take a moment of it.
      #expect(told.run.loadWindow > Double(seconds) - 0.1 && told.run.loadWindow <= Double(seconds))
      #expect(abs((told.rates.offered ?? 0) * told.run.loadWindow - Double(told.orders.scheduled)) < 1e-6)
      #expect(abs((told.rates.offered ?? 0) - 10) < 1.2)
    }
  }
}
