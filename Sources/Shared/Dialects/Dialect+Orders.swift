extension Dialect {
  /// How an order is created.
  public struct Create: Sendable, Hashable {
    public var request: Request
    /// The status codes that acknowledge an order.
    public var acceptedCodes: Set<Int>
    /// The status codes by which the API says that there is no order, beside those that always say so: every 4xx but 408, and
    /// the redirects that leave the request undone (301, 302, 307, 308).
    public var refusedCodes: Set<Int>
    public var id: IDSource
    /// What the API does with a create that it has had before; `nil` where it cannot tell.
    public var duplicates: Duplicates?
    /// A body that the API must refuse; `nil` where none is known.
    public var invalidBody: Template?

    public init(
      _ request: Request, acceptedCodes: Set<Int>, refusedCodes: Set<Int> = [], id: IDSource, duplicates: Duplicates? = nil,
      invalidBody: Template? = nil
    ) {
      self.request = request
      self.acceptedCodes = acceptedCodes
      self.refusedCodes = refusedCodes
      self.id = id
      self.duplicates = duplicates
      self.invalidBody = invalidBody
    }
  }

  /// What becomes of the same create, sent again.
  public enum Duplicates: Sendable, Hashable {
    /// It is refused, because the client's id is taken.
    case refused
    /// It is answered with the id of the first, because both have the same key in this header. Only creates that are sent twice have it.
    case sameID(Header)
  }

  /// Where an order's id is found.
  public struct IDSource: Sendable, Hashable {
    public enum Place: Sendable, Hashable {
      /// In the answer's body; the empty path is the body itself.
      case body(FieldPath)
      /// In a header of the answer. Of a URL the last part of the path counts, where nothing else is said by `cut`.
      case header(String)
      /// The client chooses it, before the order is sent.
      case own(Template)
    }

    public enum LetterCase: String, Sendable, Hashable, CaseIterable { case lower, upper }

    public var place: Place
    /// What the id is cut out of, as in `ORD{id}` or `/orders/{id}/`: it is what stands between the first place where the text before
    /// the slot is found and the next where the text after it is.
    public var cut: Template?
    /// What its letters are made to be.
    public var letterCase: LetterCase?

    public init(_ place: Place, cut: Template? = nil, letterCase: LetterCase? = nil) {
      self.place = place
      self.cut = cut
      self.letterCase = letterCase
    }
  }

  /// How an order's status is asked for.
  public struct Status: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
      /// Each order is asked for by itself, and `field` leads to its status.
      case order(Request, field: FieldPath)
      /// The dialect's list is searched for it.
      case list
    }

    public var source: Source
    public var words: StatusWords
    /// The status codes that say that there is no such order.
    public var unknownCodes: Set<Int>

    public init(_ source: Source, words: StatusWords, unknownCodes: Set<Int> = [404]) {
      self.source = source
      self.words = words
      self.unknownCodes = unknownCodes
    }
  }

  /// How an order is cancelled.
  public struct Cancel: Sendable, Hashable {
    public var request: Request
    /// The status codes that say that the order is cancelled.
    public var acceptedCodes: Set<Int>
    /// The status codes that say that it is no longer pending.
    public var refusedCodes: Set<Int>

    public init(_ request: Request, acceptedCodes: Set<Int>, refusedCodes: Set<Int>) {
      self.request = request
      self.acceptedCodes = acceptedCodes
      self.refusedCodes = refusedCodes
    }
  }

  /// How the orders are listed: those of the caller, or all.
  public struct List: Sendable, Hashable {
    /// The first page, or the only one.
    public var request: Request
    /// Where the orders stand in the answer; the empty path is the answer itself.
    public var orders: FieldPath
    /// Where an order's id stands within the order.
    public var id: FieldPath
    /// Where an order's status stands within the order.
    public var status: FieldPath
    /// How the other pages are had; `nil` where the first has all orders.
    public var pages: Pages?

    public init(_ request: Request, orders: FieldPath, id: FieldPath, status: FieldPath, pages: Pages? = nil) {
      self.request = request
      self.orders = orders
      self.id = id
      self.status = status
      self.pages = pages
    }

    public struct Pages: Sendable, Hashable {
      /// Where the cursor of the next page stands; absent, `null` or empty on the last.
      public var cursor: FieldPath
      /// The path of a further page, with a slot `{cursor}`.
      public var path: Template

      public init(cursor: FieldPath, path: Template) {
        self.cursor = cursor
        self.path = path
      }
    }
  }
}
