import Crypto
import HTTPTypes
import Hummingbird
import Shared

/// Creating orders, reading and cancelling them, in the profile's format.
struct OrderRoutes: Sendable {
  let format: APIFormat
  let authenticator: Authenticator
  let orders: OrderService
  /// Limits how many orders a caller may send; `nil`: there is no limit.
  var limiter: RateLimiter<Sender>?
  let maxBodySize: ByteCount
  /// A page of the list costs as much as a thousand orders do. Only one is made at a time, so that many of them keep nobody else waiting.
  private let lists = OneAtATime()

  func add(to routes: inout Routes) {
    routes.post("/orders", createOperation) { request, context in try await create(request, context) }
    if let page = format.page {
      routes.get("/orders", listOperation(page)) { try await list(page, $0, $1) }
    }
    if let view = format.order { routes.get("/orders/{id}", showOperation(view)) { try await show(view, $0, $1) } }
    if let view = format.status { routes.get("/orders/{id}/status", statusOperation(view)) { try await show(view, $0, $1) } }
    if let cancelled = format.cancelled {
      routes.post("/orders/{id}/cancel", cancelOperation(cancelled)) { Response(.ok, cancelled(try await cancel($0, $1))) }
    }
  }

  /// Who new orders are counted under.
  enum Sender: Hashable, Sendable {
    case account(String)
    case address(CallerKey)
  }

  private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
    let caller = try await authenticator.caller(of: request)
    let sender = caller.map(Sender.account) ?? .address(context.caller)
    if let wait = limiter?.take(sender, at: orders.clock.now()) { throw APIError.tooManyRequests(retryAfter: wait) }
    let body = try await context.wholeBody(of: request, upTo: maxBodySize)
    var draft = try format.draft(body)
    if let caller { draft.userID = caller }
    let order = try await orders.accept(draft, under: try key(of: request, body: body, caller: caller))
    return Response(.created, format.created(order), headers: format.headers(of: order.id))
  }

  private func key(of request: Request, body: [UInt8], caller: String?) throws -> IdempotencyKey? {
    guard format.hasIdempotencyKeys, let field = HTTPField.Name(IdempotencyKey.header), let text = request.headers[field] else {
      return nil
    }
    if let violation = IdempotencyKey.check(text) { throw APIError.badParameter(violation, .header) }
    return IdempotencyKey(owner: caller ?? "", text: text, fingerprint: Array(SHA256.hash(data: body)))
  }

  private func list(_ page: Page<OrderPage>, _ request: Request, _ context: ServerRequestContext) async throws -> Response {
    let caller = try await authenticator.caller(of: request)
    let query = try OrderQuery(QueryParameters(request.uri.query), userID: caller)
    do {
      return try await lists.perform {
        // The client has gone, so there is nobody to be answered.
        if context.hasLeft { throw CancellationError() }
        return Response(.ok, page(try await orders.orders(query)))
      }
    } catch is CancellationError { throw StoreError.closed }
  }

  private func show(_ view: APIFormat.View, _ request: Request, _ context: ServerRequestContext) async throws -> Response {
    let caller = try await authenticator.caller(of: request)
    let id = try context.orderID(format)
    switch view {
    case .whole(let write):
      return Response(.ok, write(try await order(id, of: caller)))
    case .statusAlone(let write):
      return Response(.ok, write((id, try await orders.status(of: id))))
    }
  }

  private func cancel(_ request: Request, _ context: ServerRequestContext) async throws -> Order {
    let caller = try await authenticator.caller(of: request)
    let id = try context.orderID(format)
    // An order never changes its owner, so it is still the caller's when it is cancelled.
    if caller != nil { _ = try await order(id, of: caller) }
    return try await orders.cancel(id)
  }

  private func order(_ id: OrderID, of caller: String?) async throws -> Order {
    let order = try await orders.order(id)
    guard caller == nil || order.userID == caller else { throw APIError.notYours }
    return order
  }
}
