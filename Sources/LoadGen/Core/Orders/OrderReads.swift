import DequeModule

/// Orders that have ended and are to be read once more, and whether that can be done at all, as far as it was tried.
struct OrderReads {
  /// The one that ended first in front.
  private(set) var waiting = Deque<Handle>()
  /// How many are being read.
  private var underWay = 0
  /// Whether nobody asked for it.
  private let isSample: Bool
  /// How many more may be tried without any having told anything; `nil`: any number, because it was asked for, or one has told something.
  private var triesLeft: Int?
  /// Whether no more are read: nobody asked for it, and it does not work.
  private(set) var areOver = false

  /// How many orders are tried before there is taken to be no page of whole orders.
  private static let tries = 3

  init(isSample: Bool) {
    self.isSample = isSample
    triesLeft = isSample ? Self.tries : nil
  }

  mutating func add(_ order: Handle) { waiting.append(order) }

  /// The next order to read, if one may be read now.
  /// - Parameters:
  ///   - count: how many are left waiting, so that they are read as late as possible.
  ///   - most: how many may be under way.
  mutating func next(leaving count: Int, most: Int) -> Handle? {
    guard !areOver, waiting.count > (triesLeft == nil ? count : 0), underWay < (triesLeft == nil ? most : 1) else { return nil }
    underWay += 1
    return waiting.popFirst()
  }

  /// An order was read.
  mutating func told() {
    underWay -= 1
    triesLeft = nil
  }

  /// An order was read in vain.
  /// - Parameter isSilent: whether there was no answer: then the next ones would take as long.
  mutating func failed(isSilent: Bool) {
    underWay -= 1
    triesLeft = triesLeft.map { $0 - 1 }
    if triesLeft == 0 || isSilent && isSample { areOver = true }
  }

  /// The orders that will not be read.
  mutating func drop() -> [Handle] {
    defer { waiting.removeAll() }
    return Array(waiting)
  }
}
