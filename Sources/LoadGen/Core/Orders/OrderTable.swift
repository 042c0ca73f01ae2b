import Shared

/// The orders that a loop has in hand, in slots that are used again, and with them what else it asks for.
struct OrderTable: ~Copyable {
  /// One order in hand.
  struct Entry {
    var history: OrderHistory
    var generation: UInt32 = 0
    var user: UInt32
    /// Whose order it is.
    var account: Int
    var stage = Stage.waiting
    /// What waits to be sent, is under way, or was last.
    var what: Exchange
    /// A request beside the orders, of which nothing is followed; or an order whose story has been told already.
    var isErrand = false
    /// `nil` before the acknowledgement.
    var id: OrderID?
    /// How many polls were answered or broken so far.
    var polls: UInt32 = 0
    /// When the request that is under way was sent.
    var sent = Instant.never
    /// How often in a row the token was refused.
    var attempts: UInt8 = 0
    /// Which of the account's tokens the request was sent with.
    var tokenIssue: UInt32 = 0
    /// The sweep in which the order was last found.
    var foundInSweep: UInt32 = 0
    var steps = Steps()
    /// Its last known answer was a word that the dialect does not know.
    var saidUnknownWord = false
    /// The target said that it is cancelled.
    var saidCancelled = false
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
  }

  private var entries: [Entry] = []
  private var free: [UInt32] = []

  /// How many there are in hand.
  var count: Int { entries.count - free.count }

  mutating func insert(_ entry: Entry) -> Handle {
    if let slot = free.popLast() {
      let generation = entries[Int(slot)].generation &+ 1
      entries[Int(slot)] = entry
      entries[Int(slot)].generation = generation
      return Handle(slot: slot, generation: generation)
    }
    entries.append(entry)
    return Handle(slot: UInt32(entries.count - 1), generation: 0)
  }

  mutating func remove(_ handle: Handle) {
    entries[Int(handle.slot)].stage = .free
    entries[Int(handle.slot)].id = nil
    free.append(handle.slot)
  }

  /// Whether the handle still means the order that it was given for.
  func isCurrent(_ handle: Handle) -> Bool {
    Int(handle.slot) < entries.count && entries[Int(handle.slot)].generation == handle.generation
      && entries[Int(handle.slot)].stage != .free
  }

  /// The handle must be current.
  subscript(handle: Handle) -> Entry {
    _read { yield entries[Int(handle.slot)] }
    _modify { yield &entries[Int(handle.slot)] }
  }

  /// Every order in hand.
  var handles: [Handle] {
    entries.indices.compactMap {
      entries[$0].stage == .free ? nil : Handle(slot: UInt32($0), generation: entries[$0].generation)
    }
  }
}
