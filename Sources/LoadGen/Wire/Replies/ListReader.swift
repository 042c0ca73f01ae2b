import Foundation
import Shared

/// Reads the pages of a list of orders.
struct ListReader: Sendable {
  private let list: Dialect.List
  private let words: StatusWords
  /// One for each part of the list.
  private let ordersScanners: [JSONScanner]
  private let entryScanner: JSONScanner
  private let cursorScanner: JSONScanner?

  init(_ list: Dialect.List, words: StatusWords) {
    self.list = list
    self.words = words
    ordersScanners = list.parts.map { JSONScanner($0.orders) }
    let id: FieldPath = if case .field(let field) = list.id { field } else { "" }
    entryScanner = JSONScanner([id, list.status])
    cursorScanner = if case .cursor(let field) = list.pages?.way { JSONScanner(field) } else { nil }
  }

  /// The longest cursor that is followed, in bytes: cursors come from the target and are sent back to it.
  static let longestCursor = 4_096

  /// - Parameter link: what the answer's header says is the next page, if anything.
  /// - Throws: `Failure` if the body is not a page of the list, any of its orders has no id or no status, or its cursor cannot be followed:
  ///   to take such a page for the last one would make orders of the others lost.
  func page(_ bytes: UnsafeRawBufferPointer, link: String?) throws(Failure) -> ListPage {
    var page = ListPage()
    var cursor: JSONScalar?
    var failure: Failure?
    do throws(BadJSON) {
      for (part, scanner) in zip(list.parts, ordersScanners) {
        let wasRead: Bool? = try scanner.withText(in: bytes) { kind, text in
          guard kind == .array || kind == .object && list.id == .key else { return false }
          // The list was already read as part of the whole document, so this cannot throw.
          try? entryScanner.forEachElement(in: text) { key, values in
            do throws(Failure) { page.orders.append(try entry(key, values, part.status)) } catch { failure = error }
          }
          return true
        }
        if wasRead != true { failure = Failure(.badResponse, "the answer has no list at '\(part.orders)'") }
      }
      cursor = try cursorScanner?.value(in: bytes)
    } catch {
      throw Failure(.badResponse, "the answer is not JSON: \(error)")
    }
    if let failure { throw failure }
    page.next = list.pages?.way == .link ? try next(link) : try next(cursor)
    return page
  }

  /// - Parameters:
  ///   - key: in a list that is an object.
  ///   - status: of all orders of the list; `nil` where each has its own.
  private func entry(_ key: JSONScalar?, _ values: [JSONScalar?], _ status: OrderStatus?) throws(Failure) -> ListPage.Entry {
    let id: String
    switch list.id == .key ? key : values[0] {
    case .string(let text), .number(let text): id = text
    default: throw Failure(.badResponse, "an order of the list has no id \(list.id.words)")
    }
    if let status { return ListPage.Entry(id: OrderID(id), status: status) }
    let word: String
    switch values[1] {
    case .string(let text), .number(let text): word = text
    case .bool(let isTrue): word = "\(isTrue)"
    default: throw Failure(.badResponse, "an order of the list has neither a word nor a number at '\(list.status)'")
    }
    return ListPage.Entry(id: OrderID(id), status: words.status(for: word))
  }

  /// - Parameter cursor: what the page says; `nil` if it says nothing, or if no cursors lead to further pages.
  /// - Returns: `nil` if this is the last page.
  private func next(_ cursor: JSONScalar?) throws(Failure) -> String? {
    let place = if case .cursor(let field) = list.pages?.way { field.words } else { "" }
    switch cursor {
    case nil, .null, .bool(false): return nil
    case .string(let text), .number(let text):
      guard text.utf8.count <= Self.longestCursor else {
        throw Failure(.badResponse, "the cursor at \(place) has \(text.utf8.count) bytes; \(Self.longestCursor) are followed")
      }
      return text.isEmpty ? nil : text
    case .bool(true), .object, .array: throw Failure(.badResponse, "the cursor at \(place) is neither a text nor a number")
    }
  }

  /// The path and query of the page that a link leads to, which may be relative to the list's own path.
  private func next(_ link: String?) throws(Failure) -> String? {
    guard let link else { return nil }
    guard link.utf8.count <= Self.longestCursor, link.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Failure(
        .badResponse,
        "the link to the next page has \(link.utf8.count) bytes, or a space or control character in it; up to "
          + "\(Self.longestCursor) of plain ASCII are followed")
    }
    let here = "http://target\(list.request.path.filled { _ in "" })"
    guard let url = URL(string: link, relativeTo: URL(string: here))?.absoluteURL, !url.path.isEmpty else {
      throw Failure(.badResponse, "the link to the next page is no URL: '\(link.beginning(bytes: 60))'")
    }
    return url.path(percentEncoded: true) + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")
  }
}
