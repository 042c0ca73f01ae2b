import HTTPTypes
import Shared

extension Profile {
  /// Accounts, each with its own orders, and a job that processes them every two minutes.
  static let marketplace = Profile(
    name: "marketplace", dialect: .marketplace, authentication: .bearer,
    plan: ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.seconds(1)), batchEvery: .seconds(120)), format: .marketplace)
}

extension APIFormat {
  fileprivate static let marketplace = APIFormat(
    draft: OrderForm(
      .named("NewOrder", .fields(["product_name": .itemID, "amount": .totalAmount])),
      example: ["product_name": "lamp", "amount": .number(9.99)]
    ) { body in
      try BodyFields.read(body, expected: "an object with product_name and amount") { fields in
        let name = fields.string("product_name") { OrderRules.check(itemIDs: [$0]).first }
        let amount = fields.number("amount", check: OrderRules.check(totalAmount:))
        guard let name, let amount else { return nil }
        return OrderDraft(id: nil, userID: "", itemIDs: [name], totalAmount: amount)
      }
    },
    created: Page(orderSchema, document),
    idField: "id",
    order: .whole(Page(orderSchema, document)),
    cancelled: Page(orderSchema, document),
    page: Page(.named("OrderPage", .answer(["orders": .list(orderSchema, count: nil), "next_cursor": .nextCursor]))) {
      ["orders": .array($0.orders.map(document)), "next_cursor": .optional($0.next)]
    },
    error: { error in
      switch error {
      case .unauthenticated: APIReply(.unauthorized, ["detail": "Could not validate credentials"])
      case .wrongLogin: APIReply(.unauthorized, ["detail": "Incorrect email or password"])
      case .emailTaken: APIReply(.badRequest, ["detail": "Email already registered"])
      case .unknownOrder: APIReply(.notFound, ["detail": "Order not found"])
      case .notYours: APIReply(.forbidden, ["detail": "Not your order"])
      case .notPending: APIReply(.badRequest, ["detail": "Only pending orders can be cancelled"])
      default: .pydantic(error)
      }
    },
    errorSchema: Schema.pydantic)

  private static let orderSchema = Schema.named(
    "Order",
    .answer([
      "id": .orderID, "product_name": .itemID, "amount": .totalAmount, "status": .status(Dialect.marketplace.status.words),
      "created_at": .time,
    ]))

  @Sendable private static func document(_ order: Order) -> JSON {
    [
      "id": .string(order.id.text), "product_name": .string(order.itemIDs.first ?? ""), "amount": .number(order.totalAmount),
      "status": .string(Dialect.marketplace.status.words.word(for: order.status)), "created_at": .optional(order.createdAt),
    ]
  }
}
