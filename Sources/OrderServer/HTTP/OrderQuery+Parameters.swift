import HTTPTypes
import Shared

extension OrderQuery {
  /// How many orders a page may be asked for.
  static let limits = 1...1_000
  /// How many orders a page has at most where no limit is given.
  static let usualLimit = 100

  /// Reads `status`, `limit` and `cursor`. Other parameters are ignored.
  /// - Parameter userID: whose orders are meant; `nil`: everyone's.
  /// - Throws: `APIError.badParameter` for the first that is wrong.
  init(_ parameters: QueryParameters, userID: String?) throws {
    self.init(userID: userID, limit: Self.usualLimit)
    if let text = parameters["status"] {
      guard let status = OrderStatus.allCases.first(where: { $0.rawValue.hasSameBytes(as: text) }) else {
        throw Self.error("status", text, "one of \(OrderStatus.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      self.status = status
    }
    if let text = parameters["limit"] {
      guard let limit = Int(text), Self.limits.contains(limit) else {
        throw Self.error("limit", text, "a whole number from \(Self.limits.lowerBound) to \(Self.limits.upperBound)")
      }
      self.limit = limit
    }
    if let text = parameters["cursor"] {
      guard let cursor = OrderCursor(text: text) else {
        throw Self.error("cursor", text, "the next_cursor of an earlier page")
      }
      after = cursor
    }
  }

  private static func error(_ name: String, _ found: String, _ expected: String) -> APIError {
    .badParameter(Violation(field: name, found: "'\(found.beginning(60))'", expected: expected), .query)
  }
}
