import Shared

@testable import LoadRun

/// What theory says of a queue, with times in seconds.
enum QueueTheory {
  /// The mean wait of M/M/c (Erlang C): C(c, a) / (cμ − λ).
  static func meanWait(rate: Double, service: Double, workers: Int) -> Double {
    let offered = rate * service
    let utilisation = offered / Double(workers)
    var term = 1.0
    var sum = 0.0
    for busy in 0..<workers {
      sum += term
      term *= offered / Double(busy + 1)
    }
    let waiting = term / (1 - utilisation)
    return waiting / (sum + waiting) / (Double(workers) / service - rate)
  }

  /// The mean wait of M/G/1 (Pollaczek–Khinchine): λ E[S²] / 2(1 − ρ).
  static func meanWait(rate: Double, service: Double, secondMoment: Double) -> Double {
    rate * secondMoment / (2 * (1 - rate * service))
  }
}

/// Poisson arrivals at a simulated system, with nothing between; from empty to empty.
struct QueueRun {
  /// Seconds.
  private(set) var meanWait = 0.0
  /// The mean number of orders in the system over the whole time.
  private(set) var meanNumber = 0.0
  private(set) var utilisation = 0.0
  /// ∫ N dt, and the sum of all times from creation to end, in nanoseconds: by Little's law the same.
  private(set) var area: Int128 = 0
  private(set) var sojourns: Int128 = 0

  init(_ settings: SimulatedSystem.Settings, rate: String, orders: Int, seed: UInt64) throws {
    var eventQueue = LoadRun.EventQueue()
    let random = SeededRandom(seed: seed)
    var system = SimulatedSystem(settings, random: random)
    var arrivals = ArrivalTimes(.poisson, rate: try Rate(text: rate), random: random)
    var tickets: [Ticket] = []
    var present = 0
    var last = Instant(0)
    system.begin(&eventQueue)
    if let due = arrivals.next() { eventQueue.arrange(.arrived(request: 0), at: Instant(due)) }
    while tickets.count < orders || present > 0, let occurrence = eventQueue.takeNext() {
      area += Int128(present) * Int128(eventQueue.now - last)
      last = eventQueue.now
      switch occurrence {
      case .arrived:
        tickets.append(system.create(&eventQueue))
        present += 1
        if tickets.count < orders, let due = arrivals.next() { eventQueue.arrange(.arrived(request: 0), at: Instant(due)) }
      case .processed(let ticket, let life):
        system.processed(ticket, life: life, &eventQueue)
        present -= 1
      case .batch(let life): system.batch(life: life, &eventQueue)
      default: break
      }
    }
    for ticket in tickets { sojourns += Int128(system.orders[ticket].ended - system.orders[ticket].created) }
    meanWait = system.books.meanWait
    meanNumber = Double(area) / Double(last.nanoseconds)
    utilisation = settings.workers.map { Double(system.books.worked) / Double(last.nanoseconds) / Double($0) } ?? 0
  }
}

/// Independent runs with consecutive seeds, and what they say together.
struct Replications {
  let runs: [QueueRun]

  init(_ settings: SimulatedSystem.Settings, rate: String, orders: Int = 10_000, count: Int = 20) throws {
    runs = try (0..<count).map { try QueueRun(settings, rate: rate, orders: orders, seed: UInt64(1_000 + $0)) }
  }

  /// The mean of a figure, and half of the width in which its expectation lies with 99.9 % (Student, 19 degrees of freedom).
  func interval(_ figure: (QueueRun) -> Double) -> (mean: Double, half: Double) {
    let values = runs.map(figure)
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    return (mean, 3.88 * (variance / count).squareRoot())
  }
}
