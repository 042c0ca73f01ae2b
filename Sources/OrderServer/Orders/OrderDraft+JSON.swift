import Foundation
import Shared

extension OrderDraft {
  /// Reads the body of `POST /orders`. Fields that it does not know are passed over.
  /// - Throws: `DraftError`, which names every field that is wrong and not only the first.
  init(json: Data) throws {
    // Without this, text that is not UTF-8 might be guessed at; an order must not be stored under a name that nobody sent.
    guard String(validating: json, as: UTF8.self) != nil else { throw DraftError.malformed("it is not UTF-8") }
    do {
      self = try sharedDecoder.decode(OrderDraft.self, from: json)
    } catch DecodingError.dataCorrupted(let context) {
      throw DraftError.malformed(Self.reason(context))
    } catch DecodingError.typeMismatch, DecodingError.valueNotFound {
      throw DraftError.invalid([
        Violation(field: "body", found: "no object", expected: "an object with user_id, item_ids and total_amount")
      ])
    }
  }

  /// The parser's own words, which say where it stopped; they may lie one error deeper.
  private static func reason(_ context: DecodingError.Context) -> String {
    let details = context.underlyingError.map { ($0 as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "\($0)" }
    return details ?? context.debugDescription
  }
}

extension OrderDraft: Decodable {
  private enum Key: String, CodingKey {
    case id = "order_id"
    case userID = "user_id"
    case itemIDs = "item_ids"
    case totalAmount = "total_amount"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var violations: [Violation] = []

    /// - Returns: `nil` where the field is wrong, which is then among the violations.
    func read<Value: Decodable>(_ key: Key, _ expected: String, check: (Value) -> [Violation]) -> Value? {
      guard container.contains(key) else {
        violations.append(Violation(field: key.rawValue, found: "nothing", expected: expected))
        return nil
      }
      guard let value = try? container.decode(Value.self, forKey: key) else {
        let found = (try? container.decode(JSONKind.self, forKey: key))?.description ?? "something else"
        let isTooLarge = Value.self == Double.self && found == JSONKind.number.description
        violations.append(
          Violation(field: key.rawValue, found: isTooLarge ? "a number too large to be held" : found, expected: expected))
        return nil
      }
      violations += check(value)
      return value
    }

    let id: String? =
      container.contains(.id) ? read(.id, "a string, or no order_id at all") { OrderRules.check(id: $0).map { [$0] } ?? [] } : nil
    let userID: String? = read(.userID, "a string") { OrderRules.check(userID: $0).map { [$0] } ?? [] }
    let items: [ListElement]? = read(.itemIDs, "a list of strings") { items in
      let strays = items.enumerated().compactMap { index, item in item.stray(at: "\(Key.itemIDs.rawValue)[\(index)]") }
      return strays.isEmpty ? OrderRules.check(itemIDs: items.map(\.text)) : strays
    }
    let amount: Double? = read(.totalAmount, "a number") { OrderRules.check(totalAmount: $0).map { [$0] } ?? [] }
    guard violations.isEmpty, let userID, let items, let amount else { throw DraftError.invalid(violations) }
    self.init(id: id.map(OrderID.init), userID: userID, itemIDs: items.map(\.text), totalAmount: amount)
  }
}

/// An element of a list that ought to be a string.
private enum ListElement: Decodable {
  case string(String)
  case other(JSONKind)

  init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self = .string(text)
    } else {
      self = .other(try JSONKind(from: decoder))
    }
  }

  var text: String {
    switch self {
    case .string(let text): text
    case .other: ""
    }
  }

  func stray(at place: String) -> Violation? {
    switch self {
    case .string: nil
    case .other(let kind): Violation(field: place, found: kind.description, expected: "a string")
    }
  }
}

/// One for all requests: a decoder keeps no state between two calls.
private let sharedDecoder = JSONDecoder()
