import Shared

/// Reads the pages of a list of orders.
struct ListReader: Sendable {
  private let list: Dialect.List
  private let words: StatusWords
  private let ordersScanner: JSONScanner
  private let entryScanner: JSONScanner
  private let cursorScanner: JSONScanner?

  init(_ list: Dialect.List, words: StatusWords) {
    self.list = list
    self.words = words
    ordersScanner = JSONScanner(list.orders)
    entryScanner = JSONScanner([list.id, list.status])
    cursorScanner = list.pages.map { JSONScanner($0.cursor) }
  }

  /// The longest cursor that is followed, in bytes: cursors come from the target and are sent back to it. A longer one counts as none.
  static let longestCursor = 4_096

  /// - Throws: `Failure` if the body is not a page of the list, or any of its orders has no id or no status.
  func page(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> ListPage {
    var page = ListPage()
    var failure: Failure?
    do throws(BadJSON) {
      let wasRead: Bool? = try ordersScanner.withText(in: bytes) { kind, text in
        guard kind == .array else { return false }
        // The array was already read as part of the whole document, so this cannot throw.
        try? entryScanner.forEachElement(in: text) { values in
          do throws(Failure) { page.orders.append(try entry(values)) } catch { failure = error }
        }
        return true
      }
      if wasRead != true { failure = Failure(.badResponse, "the answer has no list at '\(list.orders)'") }
      if let cursor = try cursorScanner?.value(in: bytes) { page.next = Self.cursor(cursor) }
    } catch {
      throw Failure(.badResponse, "the answer is not JSON: \(error)")
    }
    if let failure { throw failure }
    return page
  }

  private func entry(_ values: [JSONScalar?]) throws(Failure) -> ListPage.Entry {
    let id: String
    switch values[0] {
    case .string(let text), .number(let text): id = text
    default: throw Failure(.badResponse, "an order of the list has no id at '\(list.id)'")
    }
    let word: String
    switch values[1] {
    case .string(let text), .number(let text): word = text
    case .bool(let isTrue): word = "\(isTrue)"
    default: throw Failure(.badResponse, "an order of the list has neither a word nor a number at '\(list.status)'")
    }
    return ListPage.Entry(id: OrderID(id), status: words.status(for: word))
  }

  private static func cursor(_ value: JSONScalar) -> String? {
    switch value {
    case .string(let text), .number(let text): text.isEmpty || text.utf8.count > longestCursor ? nil : text
    case .bool, .null, .object, .array: nil
    }
  }
}
