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

  /// The longest cursor that is followed, in bytes: cursors come from the target and are sent back to it.
  static let longestCursor = 4_096

  /// - Throws: `Failure` if the body is not a page of the list, any of its orders has no id or no status, or its cursor cannot be followed:
  ///   to take such a page for the last one would make orders of the others lost.
  func page(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> ListPage {
    var page = ListPage()
    var cursor: JSONScalar?
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
      cursor = try cursorScanner?.value(in: bytes)
    } catch {
      throw Failure(.badResponse, "the answer is not JSON: \(error)")
    }
    if let failure { throw failure }
    page.next = try next(cursor)
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

  /// - Parameter cursor: what the page says; `nil` if it says nothing, or if lists have no pages.
  /// - Returns: `nil` if this is the last page.
  private func next(_ cursor: JSONScalar?) throws(Failure) -> String? {
    let place = list.pages?.cursor.words ?? ""
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
}
