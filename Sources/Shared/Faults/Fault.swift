/// A deliberate fault of an order system: something that it does wrong, or a lie that it tells, and how often.
///
/// It is written `what=how`, or `what=how:share`: `total=-1`, `figures=stale:2s`, `orders=lost:10%`. All that can be said stands in
/// `Fault.help`. This is the vocabulary alone: whoever has orders, figures or a wire to be wrong about makes it true.
public struct Fault: Sendable, Hashable {
  /// What is wrong, and how.
  public enum Kind: Sendable, Hashable {
    /// A lie about figures. It is told from the first order after the start on: one that is told always would be in what was read before a
    /// run, too, and so in no difference.
    case figures(FigureScope, FigureFault)
    /// A fault of the answer that holds the figures, whatever they are; from the first order after the start on.
    case metrics(MetricsFault)
    /// What is done with an order that was accepted, or told of it.
    case orders(OrderFault)
    /// A create that is answered otherwise than it was done.
    case creates(CreateFault)
    /// A wrong id in the answer to a create.
    case ids(IDFault)
    /// How an answer is sent, whatever it says.
    case wire(WireFault)
  }

  public var kind: Kind
  /// The part that it strikes, greater than 0: of the readings of figures, of the orders and creates, or of the answers.
  public var share: Share

  public init(_ kind: Kind, share: Share = .all) {
    self.kind = kind
    self.share = share
  }

  /// Whether it is about ids in answers to creates.
  public var isOfIDs: Bool { if case .ids = kind { true } else { false } }

  /// Whether the seed makes a difference.
  public var isDrawn: Bool {
    if case .figures(_, .perProcess) = kind { return true }
    return share != .all
  }
}

extension Share {
  /// 100 %.
  public static let all = Share(1)
}
