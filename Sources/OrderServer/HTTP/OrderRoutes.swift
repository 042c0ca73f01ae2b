import HTTPTypes
import Hummingbird
import Shared

/// Creating orders and looking at them, spelled as the dialect has it.
struct OrderRoutes: Sendable {
  let dialect: Dialect
  let orders: OrderService

  func add(to routes: inout Routes) {
    routes.post("/orders") { request, _ in try await create(request) }
    routes.get("/orders/{id}") { _, context in try await show(context) }
    routes.get("/orders/{id}/status") { _, context in try await showStatus(context) }
  }

  private func create(_ request: Request) async throws -> Response {
    let draft = try OrderDraft(body: try await request.wholeBody())
    let id = try await orders.accept(draft).id
    return Response(
      .created, summary(of: id, status: .pending), headers: [.location: "/orders/\(id)"])
  }

  private func show(_ context: ServerRequestContext) async throws -> Response {
    Response(.ok, document(of: try await orders.order(context.orderID())))
  }

  private func showStatus(_ context: ServerRequestContext) async throws -> Response {
    let id = try context.orderID()
    return Response(.ok, summary(of: id, status: try await orders.status(of: id)))
  }

  private func summary(of id: OrderID, status: OrderStatus) -> JSON {
    var document = JSON.object([])
    document.set(.string(id.text), at: "order_id")
    document.set(.string(dialect.status.words.word(for: status)), at: "status")
    return document
  }

  private func document(of order: Order) -> JSON {
    var document = summary(of: order.id, status: order.status)
    document.set(.string(order.userID), at: "user_id")
    document.set(.array(order.itemIDs.map(JSON.string)), at: "item_ids")
    document.set(.number(order.totalAmount), at: "total_amount")
    document.set(.optional(order.createdAt), at: "created_at")
    document.set(.optional(order.startedAt), at: "started_at")
    document.set(.optional(order.completedAt), at: "completed_at")
    return document
  }
}
