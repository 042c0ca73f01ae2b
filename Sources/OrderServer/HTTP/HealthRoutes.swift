import HTTPTypes
import Hummingbird
import Shared

/// Whether the server is there (`/ping`), and whether it can do its work (`/health`).
struct HealthRoutes: Sendable {
  let orders: OrderService

  func add(to routes: inout Routes) {
    routes.get("/ping", Self.ping) { _, _ in Response(.ok, ["message": "Success"]) }
    routes.get("/health", Self.health) { _, _ in
      let health = await orders.health()
      return Response(
        health.isReady ? .ok : .serviceUnavailable,
        [
          "status": health.isReady ? "ready" : "unavailable",
          "store": .string(health.store ?? "ready"),
          "processor": health.isProcessing ? "ready" : "stopped",
        ],
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

  private static let health = Operation(
    id: "health", topic: .server, summary: "Whether the server can do its work",
    outcomes: [
      Operation.Outcome(
        detail: "Orders can be stored, and the workers run.",
        contents: [
          Operation.Content(
            schema: .answer(["status": .constant("ready"), "store": .constant("ready"), "processor": .constant("ready")]),
            example: ["status": "ready", "store": "ready", "processor": "ready"])
        ]),
      Operation.Outcome(
        status: .serviceUnavailable, detail: "They cannot, or do not: the store says what keeps it.",
        contents: [
          Operation.Content(
            schema: .answer([
              "status": .constant("unavailable"), "store": .sentence, "processor": .word(of: ["ready", "stopped"]),
            ]),
            example: ["status": "unavailable", "store": "the disk is full", "processor": "ready"])
        ],
        headers: [Operation.Header(name: .retryAfter, schema: .integer(from: 1), detail: "In how many seconds to ask again.")]),
    ])
}
