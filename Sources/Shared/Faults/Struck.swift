/// A fault of one family, and which of the readings, orders or answers it strikes.
///
/// It is a pure function of the seed, of the fault's place among all that were asked for, and of the index: two faults draw independently.
public struct Struck<Fault: Sendable>: Sendable {
  public let fault: Fault
  private let share: Share
  private let random: SeededRandom
  private let place: UInt64

  init(_ fault: Fault, share: Share, random: SeededRandom, place: Int) {
    self.fault = fault
    self.share = share
    self.random = random
    self.place = UInt64(place)
  }

  /// Whether it strikes the one with this index.
  public func strikes(_ index: UInt64) -> Bool {
    share == .all || random.uniform(.deliberateFault, index, part: place) < share.fraction
  }

  /// Something else to be drawn for the one with this index, from 0 up to `count`.
  public func draw(_ index: UInt64, below count: Int) -> Int {
    min(count - 1, Int(random.uniform(.deliberateFault, index, part: place + 0x8000) * Double(count)))
  }
}
