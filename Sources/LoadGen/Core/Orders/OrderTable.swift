import Shared

/// The orders that a loop has in hand, in slots that are used again, and with them what else it asks for.
struct OrderTable: ~Copyable {
  /// One order in hand. There may be a million: what is small stands together.
  struct Entry {
    var history: OrderHistory
    /// `nil` before the acknowledgement.
    var id: OrderID?
    /// When the request that is under way was sent.
    var sent = Instant.never
    var generation: UInt32 = 0
    var user: UInt32
    /// Whose order it is, by place in the run's accounts.
    var account: UInt32
    /// How many polls were answered or broken so far.
    var polls: UInt32 = 0
    /// Which of the account's tokens the request was sent with.
    var tokenIssue: UInt32 = 0
    /// The list poll in which the order was last found.
    var foundInListPoll: UInt32 = 0
    var stage = Stage.waiting
    /// What waits to be sent, is under way, or was last.
    var what: RequestKind
    var steps = Steps()
    /// How often in a row the token was refused.
    var attempts: UInt8 = 0
    /// Of the gap to its next poll, where gaps adapt.
    var gapSteps: UInt8 = 0
    /// It has been asked for, had not ended, and is asked for again.
    var isRepeated = false
    /// A request beside the orders, of which nothing is followed; or an order whose story has been told already.
    var isSideRequest = false
    /// Its last known answer was a word that the dialect does not know.
    var saidUnknownWord = false
    /// The target said that it is cancelled.
    var saidCancelled = false

    /// When what is under way was sent, or was last.
    var requestSent: Instant { what == .create ? history.createSent : sent }

    /// When its time is over: counted from its acknowledgement, or from when it was due. Not before it has been asked for once more, at or
    /// after this instant, is it given up.
    /// - Parameter timeout: in nanoseconds.
    func timesOutAt(_ timeout: Int64) -> Instant {
      (history.createReceived == .never ? history.due : history.createReceived) + timeout
    }

    /// When it is given up although it could not be asked for any more: for want of a connection, or because the cap on polls or the target
    /// did not allow it. As long after its timeout as that is after its acknowledgement.
    /// - Parameter timeout: in nanoseconds.
    func givenUpAt(timeout: Int64) -> Instant { timesOutAt(timeout) + timeout }

    /// Whether what it waits for is to tell what became of it: it was acknowledged.
    var isFollowed: Bool { what != .create && !isSideRequest }

    /// What becomes of it then.
    var giveUpOutcome: OrderOutcome { saidUnknownWord ? .unknownStatus : .timedOut }

    /// What becomes of a create that waits to be written, and never is.
    var unsentOutcome: OrderOutcome { attempts > 0 ? .rejected : steps.contains(.isCounted) ? .errored : .notSent }

    init(history: OrderHistory, user: UInt32, account: Int, what: RequestKind) {
      self.history = history
      self.user = user
      self.account = UInt32(account)
      self.what = what
    }
  }

  enum Stage: UInt8 {
    case free
    /// Its request waits for a connection.
    case waiting
    /// Its request is under way.
    case busy
    /// Acknowledged, and waiting until it is asked for again.
    case following
    /// Its request waits for a new token.
    case parked
  }

  /// What is done with an order beyond following it.
  struct Steps: OptionSet {
    let rawValue: UInt8
    static let duplicate = Steps(rawValue: 1)
    static let cancel = Steps(rawValue: 2)
    static let orderMetrics = Steps(rawValue: 4)
    /// The create carries the key by which a duplicate is known.
    static let isKeyed = Steps(rawValue: 8)
    /// The create is counted as submitted, though it is yet to be written.
    static let isCounted = Steps(rawValue: 16)
  }

  /// By slot, a page at a time: what is there stays where it is when more come.
  private var pages: [[Entry]] = []
  /// How many slots were ever used.
  private var used = 0
  private var free: [UInt32] = []

  private static let pageLength = 1 << 10

  /// How many there are in hand: orders of the plan, and side requests.
  var count: Int { used - free.count }

  /// How many of them are side requests: what is asked for beside the orders has room of its own, and takes none of theirs.
  private(set) var sideRequestCount = 0

  /// How many orders of the plan there are in hand.
  var plannedCount: Int { count - sideRequestCount }

  /// The order has ended; it stays for what is yet to be asked about it.
  mutating func makeSideRequest(_ handle: Handle) {
    self[handle.slot].isSideRequest = true
    sideRequestCount += 1
  }

  mutating func insert(_ entry: Entry) -> Handle {
    if entry.isSideRequest { sideRequestCount += 1 }
    if let slot = free.popLast() {
      let generation = self[slot].generation &+ 1
      self[slot] = entry
      self[slot].generation = generation
      return Handle(slot: slot, generation: generation)
    }
    if used.isMultiple(of: Self.pageLength) {
      pages.append([])
      pages[pages.count - 1].reserveCapacity(Self.pageLength)
    }
    pages[pages.count - 1].append(entry)
    used += 1
    return Handle(slot: UInt32(used - 1), generation: 0)
  }

  mutating func remove(_ handle: Handle) {
    if self[handle.slot].isSideRequest { sideRequestCount -= 1 }
    self[handle.slot].stage = .free
    self[handle.slot].id = nil
    free.append(handle.slot)
  }

  /// Whether the handle still means the order that it was given for.
  func isCurrent(_ handle: Handle) -> Bool {
    Int(handle.slot) < used && self[handle.slot].generation == handle.generation && self[handle.slot].stage != .free
  }

  /// Whether the order's request of this kind still waits for a connection.
  func isWaiting(_ handle: Handle, for what: RequestKind) -> Bool {
    isCurrent(handle) && self[handle.slot].stage == .waiting && self[handle.slot].what == what
  }

  /// The handle must be current.
  subscript(handle: Handle) -> Entry {
    _read { yield self[handle.slot] }
    _modify { yield &self[handle.slot] }
  }

  private subscript(slot: UInt32) -> Entry {
    _read { yield pages[Int(slot) / Self.pageLength][Int(slot) % Self.pageLength] }
    _modify { yield &pages[Int(slot) / Self.pageLength][Int(slot) % Self.pageLength] }
  }

  /// Every slot that was ever used: for a look at all orders.
  var slots: Range<UInt32> { 0..<UInt32(used) }

  /// The order that is in hand in a slot.
  func order(in slot: UInt32) -> Handle? {
    self[slot].stage == .free ? nil : Handle(slot: slot, generation: self[slot].generation)
  }
}
