import Shared

/// Whether answers are about the orders that were asked for.
///
/// Where an answer names its order is not known, but where the answer to a create has the id is, and under which key a create sends it. Such a
/// place is believed once it has had the id that was asked for: what stands there may be something else, or the same id written otherwise.
struct OrderIdentity: Sendable {
  private let scanner: JSONScanner?
  private var isBelieved = false

  init(_ dialect: Dialect) { scanner = dialect.create.answerIDField.map { JSONScanner($0) } }

  /// Why an answer is not about the order that was asked for, if it says so. An answer that has that order's id anywhere is.
  mutating func contradiction(_ response: borrowing ResponseParser, asked id: OrderID) -> Failure? {
    guard let scanner else { return nil }
    if isBelieved, response.withBody({ bytes in id.withUTF8 { OrderIDSearch.hasWord($0, in: bytes) } }) { return nil }
    let found = response.withBody { bytes in
      try? scanner.withText(in: bytes) { kind, text -> Named in
        guard kind == .string || kind == .number, !text.isEmpty else { return .none }
        return id.withUTF8 { OrderIDSearch.isSame(text, $0) } ? .asked : .another(text.beginning(bytes: 60))
      }
    }
    switch (found ?? nil) ?? .none {
    case .none: return nil
    case .asked:
      isBelieved = true
      return nil
    case .another(let other):
      guard isBelieved else { return nil }
      return Failure(.badResponse, "about another order than '\(id.withUTF8 { $0.beginning(bytes: 40) })': '\(other)'")
    }
  }

  /// What stands where an answer may name its order.
  private enum Named {
    case none, asked
    case another(String)
  }
}
