import HTTPTypes
import Shared

extension Profile {
  /// Basic authentication, integers for ids, one worker.
  static let basicAuth = Profile(
    name: "basic-auth", dialect: .basicAuth, authentication: .basic,
    plan: ProcessingPlan(workers: .limited(1), serviceTime: .uniform(.zero, .milliseconds(200))), format: .basicAuth,
    sampleID: { index, _ in OrderID(String(index)) })
}

extension APIFormat {
  fileprivate static let basicAuth = APIFormat(
    // The path holds an integer, so `007` means 7.
    id: { text in
      let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
      return digits.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text).map { OrderID(String($0)) } : nil
    },
    idSchema: .exactInteger,
    draft: OrderForm(
      .named(
        "NewOrder",
        .fields([
          "order_id": Schema.exactInteger.about("Chosen by the client."),
          "user_id": .exactInteger,
          "item_ids": .list(.exactInteger, count: 0...OrderRules.itemCount.upperBound), "total_amount": .totalAmount,
        ])),
      example: [
        "order_id": .integer(123), "user_id": .integer(456), "item_ids": [.integer(1), .integer(2), .integer(3)],
        "total_amount": .number(150.75),
      ]
    ) { body in
      try BodyFields.read(body, expected: "an object with order_id, user_id, item_ids and total_amount") { fields in
        let id = fields.integer("order_id")
        let userID = fields.integer("user_id")
        // Here the list may be empty.
        let itemIDs = fields.integers("item_ids") { $0 == 0 ? nil : OrderRules.check(itemCount: $0) }
        let amount = fields.number("total_amount", check: OrderRules.check(totalAmount:))
        guard let id, let userID, let itemIDs, let amount else { return nil }
        return OrderDraft(id: OrderID(String(id)), userID: String(userID), itemIDs: itemIDs.map { String($0) }, totalAmount: amount)
      }
    },
    created: Page(.named("Receipt", .answer(["message": .constant("Order received"), "order_id": .exactInteger]))) {
      ["message": "Order received", "order_id": .integer(id: $0.id)]
    },
    order: .statusAlone(
      Page(.named("Order", .answer(["order_id": .exactInteger, "status": .status(Dialect.basicAuth.status.words)]))) { id, status in
        ["order_id": .integer(id: id), "status": .string(Dialect.basicAuth.status.words.word(for: status))]
      }),
    metrics: Page(
      .named(
        "Metrics",
        .object(
          [Schema.Member(name: "total_orders", schema: .count)] + counts.schema + [
            Schema.Member(
              name: "avg_processing_time_seconds",
              schema: .seconds.about("Of started to completed, to two decimals; 0 while nothing is completed."))
          ], isClosed: true))
    ) { figures in
      // The mean of started to completed, rounded to 2 decimals.
      let average = ((figures.tallies.average(.processing) ?? 0) * 100).rounded() / 100
      return .object(
        [JSON.Member(name: "total_orders", value: .integer(figures.tallies.total))] + counts.members(figures.tallies)
          + [JSON.Member(name: "avg_processing_time_seconds", value: .number(average))])
    },
    error: { error in
      switch error {
      case .unauthenticated: APIReply(.unauthorized, ["error": "Unauthorized access. Invalid credentials."])
      case .unknownOrder: APIReply(.notFound, ["error": "Order not found"])
      case .duplicate: APIReply(.badRequest, ["error": "Duplicate order_id. This order already exists."])
      case .invalid(let violations): APIReply(.badRequest, ["error": .marshmallow(violations)])
      default: .flask(error)
      }
    },
    errorSchema: { error in
      if case .invalid = error { .named("FieldErrors", .answer(["error": .marshmallow])) } else { .flask }
    })

  private static let counts = StatusCounts { "\($0.rawValue)_orders" }
}

extension JSON {
  /// An id as this API writes it: a whole number.
  fileprivate static func integer(id: OrderID) -> JSON { Int64(id.text).map(JSON.integer) ?? .string(id.text) }

  /// Violations by field, as marshmallow reports them; those of a list by the element's index.
  fileprivate static func marshmallow(_ violations: [Violation]) -> JSON {
    var document = JSON.object([])
    for violation in violations {
      let keys = violation.field.split { $0 == "[" || $0 == "]" }.joined(separator: ".")
      document.set([.string(violation.marshmallow)], at: FieldPath(keys == "body" ? "_schema" : keys))
    }
    return document
  }
}

extension Schema {
  /// Messages by field; those of a list by the element's index.
  fileprivate static let marshmallow = Schema.plain([
    "type": "object", "minProperties": .integer(1),
    "additionalProperties": [
      "anyOf": [
        ["type": "array", "items": ["type": "string"], "minItems": .integer(1)],
        ["type": "object", "additionalProperties": ["type": "array", "items": ["type": "string"], "minItems": .integer(1)]],
      ]
    ],
    "propertyNames": ["enum": ["order_id", "user_id", "item_ids", "total_amount", "_schema"]],
  ])
}

extension Violation {
  fileprivate var marshmallow: String {
    switch rule {
    case .presence: "Missing data for required field."
    case .kind(.string): "Not a valid string."
    case .kind(.integer): "Not a valid integer."
    case .kind(.number): "Not a valid number."
    case .kind(.list), .kind(.stringOrList): "Not a valid list."
    case .kind(.object): "Invalid input type."
    case .value: "Should be \(expected)."
    }
  }
}
