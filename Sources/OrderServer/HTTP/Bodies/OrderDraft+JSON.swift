import Shared

extension OrderDraft {
  /// Reads the body of `POST /orders`. Unknown fields are ignored.
  /// - Parameter takesID: whether the client may choose the id; otherwise `order_id` is ignored too.
  /// - Throws: `DraftError`, which names every field that is wrong and not only the first.
  init(body: [UInt8], takesID: Bool = true) throws {
    self = try BodyFields.read(body, expected: "an object with user_id, item_ids and total_amount") { fields in
      let id = takesID ? fields.string("order_id", isRequired: false, check: OrderRules.check(newID:)) : nil
      let userID = fields.string("user_id", check: OrderRules.check(userID:))
      let itemIDs = fields.strings("item_ids", count: OrderRules.check(itemCount:), check: OrderRules.check(itemIDs:))
      let amount = fields.number("total_amount", check: OrderRules.check(totalAmount:))
      guard let userID, let itemIDs, let amount else { return nil }
      return OrderDraft(id: id.map(OrderID.init), userID: userID, itemIDs: itemIDs, totalAmount: amount)
    }
  }
}
