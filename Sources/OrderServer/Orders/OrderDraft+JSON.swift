import Shared

extension OrderDraft {
  /// Reads the body of `POST /orders`. Fields that it does not know are passed over.
  /// - Throws: `DraftError`, which names every field that is wrong and not only the first.
  init(body: [UInt8]) throws {
    let document: JSON
    do {
      document = try JSONParser.parse(body)
    } catch let failure as JSONParser.Failure {
      throw DraftError.malformed(failure.description)
    }
    guard case .object(let members) = document else {
      throw DraftError.invalid([
        Violation(field: "body", found: document.kind, expected: "an object with user_id, item_ids and total_amount")
      ])
    }
    var fields = Fields(members)
    let id = fields.string("order_id", isRequired: false, check: OrderRules.check(id:))
    let userID = fields.string("user_id", check: OrderRules.check(userID:))
    let itemIDs = fields.strings("item_ids", check: OrderRules.check(itemIDs:))
    let amount = fields.number("total_amount", check: OrderRules.check(totalAmount:))
    guard fields.violations.isEmpty, let userID, let itemIDs, let amount else { throw DraftError.invalid(fields.violations) }
    self.init(id: id.map(OrderID.init), userID: userID, itemIDs: itemIDs, totalAmount: amount)
  }
}

/// The members of an object, and what was found to be wrong with them so far.
private struct Fields {
  private let members: [JSON.Member]
  private(set) var violations: [Violation] = []

  init(_ members: [JSON.Member]) {
    self.members = members
  }

  mutating func string(_ name: String, isRequired: Bool = true, check: (String) -> Violation?) -> String? {
    guard let value = value(name, isRequired ? "a string" : nil) else { return nil }
    guard case .string(let text) = value else { return wrong(name, value, isRequired ? "a string" : "a string, or left out") }
    if let violation = check(text) { violations.append(violation) }
    return text
  }

  mutating func strings(_ name: String, check: ([String]) -> [Violation]) -> [String]? {
    guard let value = value(name, "a list of strings") else { return nil }
    guard case .array(let elements) = value else { return wrong(name, value, "a list of strings") }
    var texts: [String] = []
    var strays: [Violation] = []
    for (index, element) in elements.enumerated() {
      if case .string(let text) = element {
        texts.append(text)
      } else {
        strays.append(Violation(field: "\(name)[\(index)]", found: element.kind, expected: "a string"))
      }
    }
    violations += strays.isEmpty ? check(texts) : strays
    return texts
  }

  mutating func number(_ name: String, check: (Double) -> Violation?) -> Double? {
    guard let value = value(name, "a number") else { return nil }
    guard case .number(let number) = value else { return wrong(name, value, "a number") }
    if let violation = check(number) { violations.append(violation) }
    return number
  }

  /// - Parameter expected: what to ask for where it is missing; `nil` where it need not be there.
  private mutating func value(_ name: String, _ expected: String?) -> JSON? {
    if let member = members.first(where: { $0.name == name }) { return member.value }
    if let expected { violations.append(Violation(field: name, found: "nothing", expected: expected)) }
    return nil
  }

  private mutating func wrong<Value>(_ name: String, _ value: JSON, _ expected: String) -> Value? {
    violations.append(Violation(field: name, found: value.kind, expected: expected))
    return nil
  }
}
