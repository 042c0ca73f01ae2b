import Shared
import Testing

@testable import LoadRun

@Suite("The simulated system and the theory of queues")
struct QueueTheoryTests {
  private func settings(workers: Int?, _ service: String) throws -> SimulatedSystem.Settings {
    var settings = SimulatedSystem.Settings()
    settings.workers = workers
    settings.serviceTime = try ServiceTime(text: service)
    return settings
  }

  private func expect(
    _ runs: Replications, _ figure: (QueueRun) -> Double, is theory: Double, _ what: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (mean, half) = runs.interval(figure)
    // It must also say something: an interval that is as wide as the figure holds anything.
    #expect(half < 0.2 * theory, what, sourceLocation: sourceLocation)
    // A run begins and ends empty: by that it may be short by about one part in a hundred.
    #expect(abs(mean - theory) <= half + 0.01 * theory, "\(what): \(mean) ± \(half), in theory \(theory)", sourceLocation: sourceLocation)
  }

  @Test("M/M/c: mean wait and utilisation are Erlang's", arguments: [(1, "0.5/s"), (1, "0.8/s"), (2, "1.6/s"), (8, "6.4/s"), (8, "6.8/s")])
  func erlang(workers: Int, rate: String) throws {
    let runs = try Replications(settings(workers: workers, "exponential:1s"), rate: rate, orders: 20_000)
    let perSecond = try Rate(text: rate).perSecond
    expect(runs, \.meanWait, is: QueueTheory.meanWait(rate: perSecond, service: 1, workers: workers), "M/M/\(workers) at \(rate)")
    expect(runs, \.utilisation, is: perSecond / Double(workers), "utilisation of M/M/\(workers) at \(rate)")
  }

  @Test(
    "M/D/1 and M/G/1: the mean wait is Pollaczek's and Khinchine's",
    arguments: [
      ("1s", 1.0, 1.0), ("uniform:0s..2s", 1.0, 4.0 / 3),
      // E[S] = m·e^(σ²/2), E[S²] = m²·e^(2σ²); m = 1 s, σ = 0.5.
      ("lognormal:1s,0.5", 1.1331484530668263, 1.6487212707001282),
    ])
  func pollaczekKhinchine(service: String, mean: Double, secondMoment: Double) throws {
    let runs = try Replications(settings(workers: 1, service), rate: "0.6/s")
    expect(runs, \.meanWait, is: QueueTheory.meanWait(rate: 0.6, service: mean, secondMoment: secondMoment), "\(service)")
  }

  @Test("M/G/∞: nobody waits, and λ·E[S] orders are there")
  func unlimited() throws {
    let runs = try Replications(settings(workers: nil, "uniform:0s..10s"), rate: "4/s")
    #expect(runs.runs.allSatisfy { $0.meanWait == 0 })
    expect(runs, \.meanNumber, is: 20, "M/G/∞")
  }

  @Test("A batch every T with a worker for each order: the mean wait is T/2")
  func batches() throws {
    var settings = try settings(workers: nil, "1s")
    settings.batchEvery = .seconds(4)
    expect(try Replications(settings, rate: "5/s"), \.meanWait, is: 2, "a batch every 4 s")
  }

  @Test("Little's law holds to the nanosecond over a time that begins and ends empty", arguments: [nil, 1, 8])
  func little(workers: Int?) throws {
    for seed in 0..<50 as Range<UInt64> {
      let run = try QueueRun(settings(workers: workers, "exponential:100ms"), rate: "9/s", orders: 300, seed: seed)
      #expect(run.area == run.sojourns, "seed \(seed)")
    }
  }

  @Test("The k-th order that is taken up is processed for the k-th drawn service time, however many workers there are")
  func draws() throws {
    let service = try ServiceTime(text: "exponential:1s")
    var system = SimulatedSystem(try settings(workers: 3, "exponential:1s"), random: SeededRandom(seed: 5))
    var eventQueue = LoadRun.EventQueue()
    let tickets = (0..<50).map { _ in system.create(&eventQueue) }
    while let occurrence = eventQueue.takeNext() {
      if case .processed(let ticket, let life) = occurrence { system.processed(ticket, life: life, &eventQueue) }
    }
    for (index, ticket) in tickets.enumerated() {
      let order = system.orders[ticket]
      #expect(order.ended - order.started == service.sample(SeededRandom(seed: 5), index: UInt64(index)).nanoseconds)
    }
  }
}
