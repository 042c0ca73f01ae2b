extension Dialect {
  /// How orders are listed: all of them, or only the caller's.
  public struct List: Sendable, Hashable {
    /// Fetches the first page, or the only one.
    public var request: Request
    /// Where the orders are in the answer: in one list, or in several, each for a status.
    public var parts: [Part]
    public var id: EntryID
    /// Where an order's status is, relative to the order; not looked for where the list that holds the order tells it.
    public var status: FieldPath
    /// How further pages are fetched; `nil` where the first has all orders.
    public var pages: Pages?

    public init(_ request: Request, parts: [Part], id: EntryID, status: FieldPath = "", pages: Pages? = nil) {
      self.request = request
      self.parts = parts
      self.id = id
      self.status = status
      self.pages = pages
    }

    /// A single list.
    /// - Parameters:
    ///   - orders: where it is in the answer; the empty path means the answer itself.
    ///   - id: where an order's id is, relative to the order.
    public init(_ request: Request, orders: FieldPath, id: FieldPath, status: FieldPath, pages: Pages? = nil) {
      self.init(request, parts: [Part(orders)], id: .field(id), status: status, pages: pages)
    }

    /// An array of orders, or an object whose values are orders.
    public struct Part: Sendable, Hashable {
      /// The empty path means the answer itself.
      public var orders: FieldPath
      /// The status of all orders in it; `nil` where each has its own.
      public var status: OrderStatus?

      public init(_ orders: FieldPath, status: OrderStatus? = nil) {
        self.orders = orders
        self.status = status
      }
    }

    /// Where an order's id is.
    public enum EntryID: Sendable, Hashable {
      /// Relative to the order.
      case field(FieldPath)
      /// The list is an object, and the order's key in it is its id.
      case key
    }

    /// How a list is read page by page.
    public struct Pages: Sendable, Hashable {
      public var way: Way
      /// The path of a further page, with a slot `{cursor}`; not used with links, which are paths themselves.
      public var path: Template

      public init(_ way: Way, path: Template) {
        self.way = way
        self.path = path
      }

      public init(cursor: FieldPath, path: Template) { self.init(.cursor(cursor), path: path) }

      /// What leads to the next page.
      public enum Way: Sendable, Hashable {
        /// What stands at this place of a page; absent, `null` or empty on the last one.
        case cursor(FieldPath)
        /// The number of orders on the pages before it. The last page is the first one without orders.
        case offset
        /// Its number, where the first page has this one. The last page is the first one without orders.
        case number(first: Int)
        /// The header `Link` with `rel="next"` (RFC 8288); absent on the last page.
        case link
      }
    }
  }
}
