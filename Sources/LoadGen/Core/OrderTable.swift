import Shared

/// The orders that a loop has in hand, in slots that are used again.
struct OrderTable: ~Copyable {
  /// One order in hand.
  struct Entry {
    var history: OrderHistory
    var generation: UInt32 = 0
    var user: UInt32
    var stage = Stage.waiting
    /// `nil` before the acknowledgement.
    var id: OrderID?
    /// How many polls were answered or broken so far.
    var polls: UInt32 = 0
    /// When the request that is under way was sent.
    var sent = Instant.never
    /// Its last known answer was a word that the dialect does not know.
    var saidUnknownWord = false
  }

  enum Stage: UInt8 {
    case free
    /// Due, and waiting for a connection.
    case waiting
    case creating
    /// Acknowledged, and waiting until it is polled again.
    case following
    /// To be polled as soon as there is a connection.
    case pollDue
    case polling
  }

  private var entries: [Entry] = []
  private var free: [UInt32] = []

  /// How many orders are in hand.
  var count: Int { entries.count - free.count }

  mutating func insert(_ history: OrderHistory, user: UInt32) -> Handle {
    if let slot = free.popLast() {
      let generation = entries[Int(slot)].generation &+ 1
      entries[Int(slot)] = Entry(history: history, generation: generation, user: user)
      return Handle(slot: slot, generation: generation)
    }
    entries.append(Entry(history: history, user: user))
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
