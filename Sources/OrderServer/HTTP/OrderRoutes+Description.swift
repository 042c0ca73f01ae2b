import HTTPTypes
import Shared

/// The paths of orders in the API's description.
extension OrderRoutes {
  var createOperation: Operation {
    let order = samples.order(.pending)
    let headers = format.headers(of: order.id).map {
      Operation.Header(name: $0.name, schema: .string(pattern: "^/orders/", format: "uri-reference"), detail: "The order's page.")
    }
    var detail = "When it is answered, the order is stored, and it will be processed."
    var errors = APIError.ofBodies(upTo: maxBodySize) + [invalid]
    if format.draft.schema.hasMember(format.idField) { errors.append(.duplicate(order.id)) }
    if format.hasIdempotencyKeys {
      detail += " With an \(IdempotencyKey.header) the same body is one order, however often it is sent."
      errors += [.keyReused("key-1")] + (IdempotencyKey.check("").map { [.badParameter($0, .header)] } ?? [])
    }
    return Operation(
      id: "createOrder", topic: .orders, summary: "Create an order", detail: detail,
      parameters: format.hasIdempotencyKeys ? [Self.idempotencyKey] : [],
      body: Operation.Content(schema: format.draft.schema, example: format.draft.example),
      outcomes: [
        Operation.Outcome(
          status: .created, detail: "It is accepted.",
          contents: [Operation.Content(schema: format.created.schema, example: format.created(order))], headers: headers, links: links)
      ],
      errors: errors + [APIError.overLimit] + APIError.ofStores, isOnesOwn: true)
  }

  func listOperation(_ page: Page<OrderPage>) -> Operation {
    let limits = OrderQuery.limits
    return Operation(
      id: "listOrders", topic: .orders, summary: "List orders, the newest first",
      detail: "Orders that come in meanwhile neither hide nor repeat one that was there.",
      parameters: [
        Operation.Parameter(
          name: "status", place: .query, schema: .word(of: OrderStatus.allCases.map(\.rawValue)), detail: "Only those at this status now."),
        Operation.Parameter(
          name: "limit", place: .query,
          schema: .with(
            [JSON.Member(name: "default", value: .integer(Int64(OrderQuery.usualLimit)))],
            .integer(Int64(limits.lowerBound)...Int64(limits.upperBound))), detail: "How many at most."),
        Operation.Parameter(
          name: "cursor", place: .query, schema: .string(pattern: OrderCursor.pattern),
          detail: "The next_cursor of an earlier page; no other text will do."),
      ],
      outcomes: [
        Operation.Outcome(
          detail: "A page of the list.", contents: [Operation.Content(schema: page.schema, example: page(samples.page))],
          links: [
            Operation.Link(
              operation: "listOrders", detail: "The next page, where there is one.", parameters: ["cursor": .answer("next_cursor")])
          ])
      ],
      errors: [.badParameter(Violation(field: "limit", found: "'0'", expected: "a whole number from 1 to \(limits.upperBound)"), .query)]
        + APIError.ofStores,
      isOnesOwn: true)
  }

  func showOperation(_ view: APIFormat.View) -> Operation {
    ofOne("showOrder", "Show an order", "As it is now.", content(of: view))
  }

  func statusOperation(_ view: APIFormat.View) -> Operation {
    ofOne("showOrderStatus", "Show an order's status", "As it is now.", content(of: view))
  }

  func cancelOperation(_ page: Page<Order>) -> Operation {
    var operation = ofOne(
      "cancelOrder", "Cancel an order that is pending", "It is cancelled, and will not be processed.",
      Operation.Content(schema: page.schema, example: page(samples.order(.cancelled))))
    operation.errors += [.notPending(samples.id, .processing), .foreignForm]
    return operation
  }

  private func ofOne(_ id: String, _ summary: String, _ outcome: String, _ content: Operation.Content) -> Operation {
    var errors: [APIError] = [.unknownOrder("no-such-order")]
    if case .bearer = authenticator { errors.append(.notYours) }
    return Operation(
      id: id, topic: .orders, summary: summary, parameters: [.orderID(format)],
      outcomes: [Operation.Outcome(detail: outcome, contents: [content])], errors: errors + APIError.ofStores, isOnesOwn: true)
  }

  private func content(of view: APIFormat.View) -> Operation.Content {
    switch view {
    case .whole(let page): Operation.Content(schema: page.schema, example: page(samples.order(.completed)))
    case .statusAlone(let page): Operation.Content(schema: page.schema, example: page((samples.id, .completed)))
    }
  }

  /// What can be asked about a new order.
  private var links: [Operation.Link] {
    func link(_ operation: String, _ detail: String) -> Operation.Link {
      Operation.Link(operation: operation, detail: detail, parameters: ["id": .answer(format.idField)])
    }
    var links: [Operation.Link] = []
    if format.order != nil { links.append(link("showOrder", "The order's page.")) }
    if format.status != nil { links.append(link("showOrderStatus", "Where it stands.")) }
    if format.cancelled != nil { links.append(link("cancelOrder", "While it is pending.")) }
    if format.orderMetrics != nil { links.append(link("showOrderMetrics", "Its times.")) }
    return links
  }

  private var samples: Samples { Samples(format) }

  /// What the profile finds wrong with a body that has no fields.
  private var invalid: APIError {
    do {
      _ = try format.draft(Array("{}".utf8))
      return .invalid([])
    } catch {
      return APIError(error) ?? .unforeseen
    }
  }

  private static let idempotencyKey = Operation.Parameter(
    name: IdempotencyKey.header, place: .header, schema: .string(IdempotencyKey.length, pattern: IdempotencyKey.pattern),
    detail: "So that the request can be sent again without ordering twice. Another body under the same key is refused.")
}

extension Operation.Parameter {
  /// The id in a path.
  static func orderID(_ format: APIFormat) -> Operation.Parameter {
    Operation.Parameter(
      name: "id", place: .path, schema: format.idSchema,
      detail: "The order's id, as its creation was answered. Any other is answered with 404.")
  }
}
