import Foundation
import Shared

/// The parameters of a request's query. Names are compared by their bytes.
struct QueryParameters {
  private let all: [(name: String, value: String)]

  /// - Parameter query: what follows the question mark. A parameter without an equals sign has an empty value. A text with an invalid
  ///   escape is left as it is.
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

  /// The value of the first parameter of that name; `nil` where there is none.
  subscript(name: String) -> String? { all.first { $0.name.hasSameBytes(as: name) }?.value }
}
