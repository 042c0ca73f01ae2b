/// The faults that a system was started with, by what they are about.
public struct FaultPlan: Sendable {
  /// A lie, and of which figures.
  public struct FigureLie: Sendable {
    public var scope: FigureScope
    public var fault: FigureFault
  }

  public private(set) var figures: [Struck<FigureLie>] = []
  public private(set) var metrics: [Struck<MetricsFault>] = []
  public private(set) var orders: [Struck<OrderFault>] = []
  public private(set) var creates: [Struck<CreateFault>] = []
  public private(set) var ids: [Struck<IDFault>] = []
  public private(set) var wire: [Struck<WireFault>] = []

  public init(_ faults: [Fault], seed: UInt64) {
    let random = SeededRandom(seed: seed)
    for (place, fault) in faults.enumerated() {
      func struck<Family>(_ family: Family) -> Struck<Family> { Struck(family, share: fault.share, random: random, place: place) }
      switch fault.kind {
      case .figures(let scope, let lie): figures.append(struck(FigureLie(scope: scope, fault: lie)))
      case .metrics(let fault): metrics.append(struck(fault))
      case .orders(let fault): orders.append(struck(fault))
      case .creates(let fault): creates.append(struck(fault))
      case .ids(let fault): ids.append(struck(fault))
      case .wire(let fault): wire.append(struck(fault))
      }
    }
  }
}
