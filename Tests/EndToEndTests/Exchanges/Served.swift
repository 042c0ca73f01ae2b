import Foundation
import Testing

/// Runs the server as a profile with its orders in memory, until the body is over.
/// - Parameter arguments: further flags; one that names another store wins over the memory.
@discardableResult
func served<Result>(
  _ profile: String, _ arguments: String..., environment: [String: String] = [:], _ body: (API) async throws -> Result
) async throws -> Result {
  let store = arguments.contains("--store") ? [] : ["--store", "memory"]
  return try await RunningProgram.with(
    Programs.orderServer, ["--port", "0", "--profile", profile] + store + arguments, environment: environment
  ) { try await body(API(url: $1)) }
}

/// Sends orders one after another.
/// - Returns: their ids as they stand in a path, in the order of acceptance.
func sendOrders(_ numbers: ClosedRange<Int>, to api: API, body: (Int) -> String, idAt key: String = "order_id") async throws -> [String] {
  var ids: [String] = []
  for number in numbers {
    let answer = try await api.post("/orders", body(number))
    try #require(answer.status == 201, "\(answer)")
    ids.append(try #require(try answer.json()[key]?.pathSegment, "\(answer)"))
  }
  return ids
}

/// Watches orders until all of them are completed, and expects that none is completed before one that was accepted earlier.
/// - Parameter ids: in the order of acceptance.
func expectFirstComeFirstServed(
  _ ids: [String], completed: String, _ location: SourceLocation = #_sourceLocation, status: (String) async throws -> String?
) async throws {
  try await until {
    // From the last to the first: whatever is asked later has had more time.
    var isCompleted = false
    var completedCount = 0
    for id in ids.reversed() {
      let word = try await status(id)
      #expect(!isCompleted || word == completed, "\(id) is \(word ?? "nothing"), and a later one is \(completed)", sourceLocation: location)
      isCompleted = word == completed
      completedCount += isCompleted ? 1 : 0
    }
    return completedCount == ids.count
  }
}

/// Within what the mean time from created to completed must lie, by what a client saw of one worker's orders.
struct CompletionBounds {
  var lower: Double
  var upper: Double

  /// Sends orders one after another and watches each until it is completed.
  /// - Parameters:
  ///   - serviceTime: how long the one worker takes for each, in seconds.
  ///   - create: sends one order and gives back its id.
  static func seen(
    orders: Int, serviceTime: Double, create: (Int) async throws -> String, isCompleted: (String) async throws -> Bool
  ) async throws -> CompletionBounds {
    let clock = ContinuousClock()
    let began = clock.now
    var sent: [Double] = []
    var answered: [Double] = []
    var completed: [Double] = []
    var ids: [String] = []
    func elapsed() -> Double { (clock.now - began) / .seconds(1) }
    for number in 1...orders {
      sent.append(elapsed())
      ids.append(try await create(number))
      answered.append(elapsed())
    }
    for id in ids {
      try await until { try await isCompleted(id) }
      completed.append(elapsed())
    }
    let n = Double(orders)
    // The k-th cannot be completed before the worker has worked for k service times.
    let earliest = (1...orders).reduce(0) { $0 + sent[0] + serviceTime * Double($1) - answered[$1 - 1] } / n
    // The server's clock and this one may part by some microseconds.
    return CompletionBounds(lower: earliest - 0.001, upper: zip(completed, sent).reduce(0) { $0 + $1.0 - $1.1 } / n + 0.001)
  }
}
