import Shared

/// The orders and side requests that a loop has in hand, in slots that are reused.
struct OrderTable: ~Copyable {
  /// One order in hand. There may be a million of them, so small fields are kept together.
  struct Entry {
    var history: OrderHistory
    /// `nil` before the acknowledgement.
    var id: OrderID?
    /// When the last request other than the create was sent.
    var sent = Instant.never
    var generation: UInt32 = 0
    var user: UInt32
    /// The account that the order is sent for, as a place in the run's list of accounts.
    var account: UInt32
    /// How many polls have been answered or have failed so far.
    var polls: UInt32 = 0
    /// Which of the account's successive tokens the request was sent with.
    var tokenIssue: UInt32 = 0
    /// The number of the list walk in which the order was last found.
    var foundInListPoll: UInt32 = 0
    /// The status code of the latest answer to its create, where orders are told of one by one; 0 without one.
    var code: UInt16 = 0
    var stage = Stage.waiting
    /// The request that waits to be sent, is under way, or was the last.
    var what: RequestKind
    var steps = Steps()
    /// How often in a row the token was refused.
    var attempts: UInt8 = 0
    /// If gaps adapt: the steps of the gap before its next poll.
    var gapSteps: UInt8 = 0
    /// How it ended, while that is still to be asked once more.
    var ended: OrderOutcome?
    /// Whether it was polled, had not ended, and is polled again.
    var isRepeated = false
    /// Whether it is a request besides the orders that is not followed, or an order whose story is already over.
    var isSideRequest = false
    /// Whether the latest status seen was a word that the dialect does not know.
    var saidUnknownWord = false
    /// Whether the target said that it is cancelled.
    var saidCancelled = false

    /// When the request that is under way, or was last, was sent.
    var requestSent: Instant { what == .create ? history.createSent : sent }

    /// When its timeout is over, counted from its acknowledgement or, without one, from when it was due. It is not given up then, but only
    /// once a poll sent at or after this instant shows that it has not ended.
    /// - Parameter timeout: in nanoseconds.
    func timesOutAt(_ timeout: Int64) -> Instant {
      (history.createReceived == .never ? history.due : history.createReceived) + timeout
    }

    /// When it is given up even though it could not be polled any more, because no connection was free, or the cap on polls or the target
    /// did not allow it. This is as long after its timeout as the timeout is after its acknowledgement.
    /// - Parameter timeout: in nanoseconds.
    func givenUpAt(timeout: Int64) -> Instant { timesOutAt(timeout) + timeout }

    /// Whether it is an acknowledged order that is being followed.
    var isFollowed: Bool { what != .create && !isSideRequest }

    /// Its outcome if it is given up.
    var giveUpOutcome: OrderOutcome { saidUnknownWord ? .unknownStatus : .timedOut }

    /// The outcome of a create that was waiting to be written, and never will be.
    var unsentOutcome: OrderOutcome { attempts > 0 ? .rejected : steps.contains(.isCounted) ? .errored : .notSent }

    init(history: OrderHistory, user: UInt32, account: Int, what: RequestKind) {
      self.history = history
      self.user = user
      self.account = UInt32(account)
      self.what = what
    }
  }

  /// What an entry is waiting for.
  enum Stage: UInt8 {
    case free
    /// Its request waits for a connection, or for the cap on polls.
    case waiting
    /// Its request is under way.
    case busy
    /// Acknowledged, and waiting for its next poll.
    case following
    /// Its request waits for a new token.
    case parked
    /// It has ended, and is to be read once more.
    case ended
  }

  /// What is done with an order besides following it, and what its create needs to know.
  struct Steps: OptionSet {
    let rawValue: UInt8
    static let duplicate = Steps(rawValue: 1)
    static let cancel = Steps(rawValue: 2)
    static let orderMetrics = Steps(rawValue: 4)
    /// The create carries the idempotency key by which a duplicate is recognised.
    static let isKeyed = Steps(rawValue: 8)
    /// The create already counts as submitted, although it is yet to be written.
    static let isCounted = Steps(rawValue: 16)
    /// It is read once more after its end.
    static let orderRead = Steps(rawValue: 32)
    /// It is confirmed once it is acknowledged.
    static let confirm = Steps(rawValue: 64)
  }

  /// By slot, one page after another: entries stay in place when the table grows.
  private var pages: [[Entry]] = []
  /// How many slots were ever used.
  private var used = 0
  private var free: [UInt32] = []

  private static let pageLength = 1 << 10

  /// How many entries are in hand: orders of the plan and side requests.
  var count: Int { used - free.count }

  /// How many of them are side requests. These are limited separately, so that they take no room from the orders.
  private(set) var sideRequestCount = 0

  /// How many orders of the plan are in hand.
  var plannedCount: Int { count - sideRequestCount }

  /// The order has ended, but stays for what is still to be asked about it.
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

  /// Frees the slot. The handle must be current, and is not afterwards.
  mutating func remove(_ handle: Handle) {
    if self[handle.slot].isSideRequest { sideRequestCount -= 1 }
    self[handle.slot].stage = .free
    self[handle.slot].id = nil
    free.append(handle.slot)
  }

  /// Whether the handle still refers to the order that it was given for.
  func isCurrent(_ handle: Handle) -> Bool {
    Int(handle.slot) < used && self[handle.slot].generation == handle.generation && self[handle.slot].stage != .free
  }

  /// Whether the order's request of this kind is still waiting to be sent.
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

  /// Every slot that was ever used, for going through all orders.
  var slots: Range<UInt32> { 0..<UInt32(used) }

  /// The order that occupies a slot; `nil` if the slot is free.
  func order(in slot: UInt32) -> Handle? {
    self[slot].stage == .free ? nil : Handle(slot: slot, generation: self[slot].generation)
  }
}
