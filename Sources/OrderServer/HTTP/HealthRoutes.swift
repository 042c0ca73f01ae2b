import HTTPTypes
import Hummingbird
import Shared

/// Whether the server is there, and whether it can do its work.
struct HealthRoutes: Sendable {
  let orders: OrderService

  func add(to routes: inout Routes) {
    routes.get("/ping") { _, _ in Response(.ok, ["message": "Success"]) }
    routes.get("/health") { _, _ in
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
}
