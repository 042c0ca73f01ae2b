import Hummingbird
import Shared

/// What the server says about itself, as a whole and of single orders.
struct MetricsRoutes: Sendable {
  let dialect: Dialect
  let orders: OrderService
  /// The mean of the service time, in seconds.
  let meanServiceTime: Double

  func add(to routes: inout Routes) {
    guard let metrics = dialect.metrics, case .document(let path) = metrics.source else { return }
    routes.get(path) { _, _ in
      let tallies = try await orders.tallies()
      return Response(.ok, MetricsDocument(tallies, meanServiceTime: meanServiceTime).json(as: metrics))
    }
    routes.get(path + "/{id}") { _, context in
      let order = try await orders.order(context.orderID())
      return Response(.ok, OrderTimes(order).json(as: dialect))
    }
  }
}
