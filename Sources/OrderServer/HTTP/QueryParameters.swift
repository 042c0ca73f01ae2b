import Foundation
import Shared

/// The parameters of a request's query, told apart by their bytes.
struct QueryParameters {
  private let all: [(name: String, value: String)]

  /// - Parameter query: what follows the question mark. A parameter without an equals sign is empty; escapes that are none are left as
  ///   they are.
  init(_ query: String?) {
    all = (query ?? "").parts(between: "&").map { part in
      let place = part.utf8.firstIndex(of: UInt8(ascii: "="))
      func read(_ text: Substring) -> String {
        text.removingPercentEncoding ?? String(text)
      }
      guard let place else { return (read(part), "") }
      return (read(part[..<place]), read(part[part.utf8.index(after: place)...]))
    }
  }

  /// The first of that name; `nil` where there is none.
  subscript(name: String) -> String? { all.first { $0.name.hasSameBytes(as: name) }?.value }
}
