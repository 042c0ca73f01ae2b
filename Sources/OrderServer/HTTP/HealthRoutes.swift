import HTTPTypes
import Hummingbird
import Shared

/// Whether the server is there (`/ping`), and whether it can do its work (`/health`).
struct HealthRoutes: Sendable {
  let orders: OrderService
  /// The deliberate faults that the server has. Where there are any, `/health` names them.
  var faults: [Fault] = []

  func add(to routes: inout Routes) {
    routes.get("/ping", Self.ping) { _, _ in Response(.ok, ["message": "Success"]) }
    routes.get("/health", health) { _, _ in
      let health = await orders.health()
      var document: JSON = [
        "status": health.isReady ? "ready" : "unavailable",
        "store": .string(health.store ?? "ready"),
        "processor": health.isProcessing ? "ready" : "stopped",
      ]
      if !faults.isEmpty { document.set(specs, at: "faults") }
      return Response(
        health.isReady ? .ok : .serviceUnavailable, document,
        headers: health.isReady ? [:] : [.retryAfter: "1"])
    }
  }

  private static let ping = Operation(
    id: "ping", topic: .server, summary: "Whether the server is there", detail: "For everyone, without credentials.",
    outcomes: [
      Operation.Outcome(
        detail: "It is.",
        contents: [Operation.Content(schema: .answer(["message": .constant("Success")]), example: ["message": "Success"])])
    ])

  private var specs: JSON { .array(faults.map { .string($0.description) }) }

  private var health: Operation {
    Operation(
      id: "health", topic: .server, summary: "Whether the server can do its work",
      outcomes: [
        Operation.Outcome(
          detail: "Orders can be stored, and the workers run.",
          contents: [
            content(
              ["status": .constant("ready"), "store": .constant("ready"), "processor": .constant("ready")],
              example: ["status": "ready", "store": "ready", "processor": "ready"])
          ]),
        Operation.Outcome(
          status: .serviceUnavailable, detail: "They cannot, or do not: the store says what keeps it.",
          contents: [
            content(
              ["status": .constant("unavailable"), "store": .sentence, "processor": .word(of: ["ready", "stopped"])],
              example: ["status": "unavailable", "store": "the disk is full", "processor": "ready"])
          ],
          headers: [Operation.Header(name: .retryAfter, schema: .integer(from: 1), detail: "In how many seconds to ask again.")]),
      ])
  }

  /// The document, with the faults where there are any.
  private func content(_ members: KeyValuePairs<String, Schema>, example: JSON) -> Operation.Content {
    guard !faults.isEmpty else { return Operation.Content(schema: .answer(members), example: example) }
    var example = example
    example.set(specs, at: "faults")
    let faulty = Schema.Member(
      name: "faults", schema: .list(.sentence, count: nil).about("The server has these faults, and tells these lies, on purpose."))
    return Operation.Content(
      schema: .object(members.map { Schema.Member(name: $0, schema: $1) } + [faulty], isClosed: true), example: example)
  }
}
