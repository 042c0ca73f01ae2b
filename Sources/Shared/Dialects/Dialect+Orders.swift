extension Dialect {
  /// How an order is created.
  public struct Create: Sendable, Hashable {
    public var request: Request
    /// The status codes that acknowledge an order.
    public var acceptedCodes: Set<Int>
    /// Further status codes by which the API says that no order was created. Every 4xx but 408, and the redirects that leave the request
    /// undone (301, 302, 307, 308), always say so and need not be listed.
    public var refusedCodes: Set<Int>
    /// What an answer with one of the accepted codes shows where there is an order; without it the order was refused. `nil`: the code says all.
    public var success: BodySign?
    public var id: IDSource
    /// What the API does with a create that it has already received; `nil` where it cannot tell.
    public var duplicates: Duplicates?
    /// A body that the API must refuse; `nil` where none is known.
    public var invalidBody: Template?

    public init(
      _ request: Request, acceptedCodes: Set<Int>, refusedCodes: Set<Int> = [], success: BodySign? = nil, id: IDSource,
      duplicates: Duplicates? = nil, invalidBody: Template? = nil
    ) {
      self.request = request
      self.acceptedCodes = acceptedCodes
      self.refusedCodes = refusedCodes
      self.success = success
      self.id = id
      self.duplicates = duplicates
      self.invalidBody = invalidBody
    }
  }

  /// How an order that was acknowledged is confirmed.
  public struct Confirm: Sendable, Hashable {
    public var request: Request
    /// The status codes that say that the order goes on.
    public var acceptedCodes: Set<Int>
    /// What an answer with one of these codes shows where it does; `nil`: the code says all.
    public var success: BodySign?

    public init(_ request: Request, acceptedCodes: Set<Int>, success: BodySign? = nil) {
      self.request = request
      self.acceptedCodes = acceptedCodes
      self.success = success
    }
  }

  /// What happens when the same create is sent again.
  public enum Duplicates: Sendable, Hashable {
    /// It is refused, because the client's id is taken.
    case refused
    /// It is answered with the id of the first, because both carry the same key in this header. Only creates that are sent twice carry the
    /// header.
    case sameID(Header)
  }

  /// Where an order's id is found.
  public struct IDSource: Sendable, Hashable {
    /// Where the text with the id is.
    public enum Place: Sendable, Hashable {
      /// In the answer's body; the empty path means the body itself.
      case body(FieldPath)
      /// In a header of the answer. If it is a URL, the last part of its path is the id, unless `cut` says otherwise.
      case header(String)
      /// The client chooses it before the order is sent.
      case own(Template)
      /// Nowhere: nobody is told. Only where no order's status can be asked for.
      case untold
    }

    /// What the letters of an id may be converted to.
    public enum LetterCase: String, Sendable, Hashable, CaseIterable { case lower, upper }

    public var place: Place
    /// What surrounds the id in the text found, as in `ORD{id}` or `/orders/{id}/`. The id lies between the first occurrence of the text
    /// before the slot and the next occurrence, after that, of the text after it. `nil`: the text found is the id.
    public var cut: Template?
    /// The case that its letters are converted to; `nil`: they stay as they are.
    public var letterCase: LetterCase?

    public init(_ place: Place, cut: Template? = nil, letterCase: LetterCase? = nil) {
      self.place = place
      self.cut = cut
      self.letterCase = letterCase
    }
  }

  /// How an order's status is asked for.
  public struct Status: Sendable, Hashable {
    /// How an order is looked up.
    public enum Source: Sendable, Hashable {
      /// Each order is asked for by itself; `field` is where the answer has its status.
      case order(Request, field: FieldPath)
      /// The order is looked up in the dialect's list.
      case list
      /// No order's status is told: figures alone show how many have ended.
      case untold
    }

    public var source: Source
    public var words: StatusWords
    /// The status codes that say that the order does not exist.
    public var unknownCodes: Set<Int>
    /// What an answer with another code shows where the order does not exist; `nil`: codes say it.
    public var unknownSign: BodySign?
    /// What an order is that was in the list, or acknowledged, and is in it no more; `nil`: it is lost. Of a status that is in the list.
    public var gone: OrderStatus?

    public init(
      _ source: Source, words: StatusWords, unknownCodes: Set<Int> = [404], unknownSign: BodySign? = nil, gone: OrderStatus? = nil
    ) {
      self.source = source
      self.words = words
      self.unknownCodes = unknownCodes
      self.unknownSign = unknownSign
      self.gone = gone
    }
  }

  /// Where an order is read whole: its status, and what it was made of.
  public struct OrderPage: Sendable, Hashable {
    public var request: Request
    /// Where the answer has the order's status.
    public var status: FieldPath

    public init(_ request: Request, status: FieldPath) {
      self.request = request
      self.status = status
    }
  }

  /// Where most is told of an order: on a page of its own, or else where its status is asked for. `nil` where there are lists alone.
  public var fullestPage: OrderPage? {
    if let order { return order }
    guard case .order(let request, let field) = status.source else { return nil }
    return OrderPage(request, status: field)
  }

  /// How an order is cancelled.
  public struct Cancel: Sendable, Hashable {
    public var request: Request
    /// The status codes that say that the order is cancelled.
    public var acceptedCodes: Set<Int>
    /// The status codes that say that the order is no longer pending.
    public var refusedCodes: Set<Int>
    /// What an answer with one of the accepted codes shows where the order is cancelled; without it, it is no longer pending. `nil`: the code
    /// says all.
    public var success: BodySign?

    public init(_ request: Request, acceptedCodes: Set<Int>, refusedCodes: Set<Int>, success: BodySign? = nil) {
      self.request = request
      self.acceptedCodes = acceptedCodes
      self.refusedCodes = refusedCodes
      self.success = success
    }
  }
}
