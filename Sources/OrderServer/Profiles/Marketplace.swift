import HTTPTypes
import Shared

extension Profile {
  /// Accounts, each with orders of its own, which a job processes every two minutes.
  static let marketplace = Profile(
    name: "marketplace", dialect: .marketplace, authentication: .bearer,
    plan: ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.seconds(1)), batchEvery: .seconds(120)), spelling: .marketplace)
}

extension Spelling {
  fileprivate static let marketplace = Spelling(
    draft: { body in
      try BodyFields.read(body, expected: "an object with product_name and amount") { fields in
        let name = fields.string("product_name") { OrderRules.check(itemIDs: [$0]).first }
        let amount = fields.number("amount", check: OrderRules.check(totalAmount:))
        guard let name, let amount else { return nil }
        return OrderDraft(id: nil, userID: "", itemIDs: [name], totalAmount: amount)
      }
    },
    created: { Answer(.created, document($0)) },
    order: .whole(document),
    cancelled: document,
    page: { ["orders": .array($0.orders.map(document)), "next_cursor": .optional($0.next)] },
    hasDocumentation: true,
    example: ["product_name": "lamp", "amount": .number(9.99)],
    refusal: { refusal in
      switch refusal {
      case .unauthenticated: Answer(.unauthorized, ["detail": "Could not validate credentials"])
      case .wrongLogin: Answer(.unauthorized, ["detail": "Incorrect email or password"])
      case .emailTaken: Answer(.badRequest, ["detail": "Email already registered"])
      case .unknownOrder: Answer(.notFound, ["detail": "Order not found"])
      case .notYours: Answer(.forbidden, ["detail": "Not your order"])
      case .notPending: Answer(.badRequest, ["detail": "Only pending orders can be cancelled"])
      default: .pydantic(refusal)
      }
    })

  @Sendable private static func document(_ order: Order) -> JSON {
    [
      "id": .string(order.id.text), "product_name": .string(order.itemIDs.first ?? ""), "amount": .number(order.totalAmount),
      "status": .string(Dialect.marketplace.status.words.word(for: order.status)), "created_at": .optional(order.createdAt),
    ]
  }
}
