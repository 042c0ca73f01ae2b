import Foundation

/// One profile as far as all of them are asked the same.
///
/// It is written down apart from the programs' own dialects, so that a mistake there is not made here too.
struct Shape: Sendable, CustomStringConvertible {
  var name: String
  /// The key that every error's body has.
  var errorKey: String
  /// The body of an order.
  var order: @Sendable (Int) -> String
  var idKey = "order_id"
  /// What follows `/orders/ID` where an order's status is asked for.
  var statusSuffix = ""
  var processing = "Processing"
  var completed = "Completed"
  /// Where the metrics have the counts of pending, processing and completed orders; `nil` where there are no metrics.
  var counts: [[String]]?
  /// What is missing from counts is zero.
  var omitsZeros = false

  var description: String { name }

  static let all = [
    Shape(
      name: "standard", errorKey: "detail", order: EndToEnd.OrderServer.StandardTests.order, statusSuffix: "/status",
      processing: "processing",
      completed: "completed", counts: ["pending", "processing", "completed"].map { ["status_counts", $0] }),
    Shape(
      name: "basic-auth", errorKey: "error", order: EndToEnd.OrderServer.BasicAuthTests.order, processing: "processing",
      completed: "completed",
      counts: [["pending_orders"], ["processing_orders"], ["completed_orders"]]),
    Shape(
      name: "parallel", errorKey: "detail", order: EndToEnd.OrderServer.ParallelTests.order,
      counts: ["Pending", "Processing", "Completed"].map { ["order_status_counts", $0] }),
    Shape(
      name: "sequential", errorKey: "error", order: EndToEnd.OrderServer.SequentialTests.order, statusSuffix: "/status",
      counts: ["Pending", "Processing", "Completed"].map { ["status_counts", $0] }, omitsZeros: true),
    Shape(
      name: "marketplace", errorKey: "detail", order: Customer.order, idKey: "id", processing: "processing", completed: "completed"),
    Shape(
      name: "fcfs", errorKey: "error", order: EndToEnd.OrderServer.FCFSTests.order,
      counts: ["pending_orders", "processing_orders", "completed_orders"].map { ["status_counts", $0] }),
  ]

  static let withMetrics = all.filter { $0.counts != nil }

  /// Starts the server as this profile; the marketplace's job comes often.
  func start(store: String, _ arguments: [String] = []) async throws -> RunningProgram {
    let job = name == "marketplace" ? ["--batch-every", "100ms"] : []
    return try await RunningProgram.start(
      Programs.orderServer, ["--port", "0", "--profile", name, "--store", store] + job + arguments,
      environment: name == "basic-auth" ? EndToEnd.OrderServer.BasicAuthTests.accounts : [:])
  }

  func serve(store: String = "memory", _ arguments: String..., body: (API) async throws -> Void) async throws {
    let program = try await start(store: store, arguments)
    do {
      try await body(API(url: try await program.url()))
      await program.stop()
    } catch {
      program.signal(SIGKILL)
      _ = await program.ended()
      throw error
    }
  }

  /// The API with whatever a caller needs, for a caller that was not there before.
  func admitted(to api: API) async throws -> API {
    switch name {
    case "basic-auth": api.with("Authorization", EndToEnd.OrderServer.BasicAuthTests.authorization("alice", "s3cret"))
    case "marketplace": try await Customer("alice", at: api).api
    default: api
    }
  }

  func send(_ numbers: ClosedRange<Int>, to api: API) async throws -> [String] {
    try await sendOrders(numbers, to: api, body: order, idAt: idKey)
  }

  func status(_ id: String, at api: API) async throws -> String? {
    try await api.get("/orders/\(id)\(statusSuffix)").json()["status"]?.text
  }

  /// The total, and the counts of pending, processing and completed orders, of one reading of the metrics.
  func figures(at api: API) async throws -> (total: Double, counts: [Double])? {
    guard let counts else { return nil }
    let metrics = try await api.get("/metrics").json()
    let found = counts.map { path in path.reduce(metrics as JSONValue?) { $0?[$1] }?.number ?? (omitsZeros ? 0 : .nan) }
    return (metrics["total_orders"]?.number ?? .nan, found)
  }
}
