import Shared

/// Identifies an order of the simulated system: its slot, and which of the slot's successive orders is meant.
struct Ticket: Hashable, Sendable {
  var slot: UInt32
  var generation: UInt32

  /// The id by which clients know the order: sixteen hexadecimal digits.
  var id: OrderID {
    var rest = UInt64(generation) << 32 | UInt64(slot)
    return withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { digits in
      for place in (0..<16).reversed() {
        let digit = UInt8(rest & 15)
        digits[place] = digit < 10 ? 48 + digit : 87 + digit
        rest >>= 4
      }
      return OrderID(utf8: UnsafeRawBufferPointer(digits))
    }
  }

  init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }

  /// `nil` where the id is not one that the system could have made.
  init?(_ id: OrderID) {
    let bits = id.withUTF8 { text -> UInt64? in
      guard text.count == 16 else { return nil }
      var bits: UInt64 = 0
      for byte in text {
        switch byte {
        case 48...57: bits = bits << 4 | UInt64(byte - 48)
        case 97...102: bits = bits << 4 | UInt64(byte - 87)
        default: return nil
        }
      }
      return bits
    }
    guard let bits else { return nil }
    self.init(slot: UInt32(truncatingIfNeeded: bits), generation: UInt32(bits >> 32))
  }
}

/// The orders that the simulated system still has to know, in reusable slots: memory grows with their number, and not with that of all
/// orders ever made.
struct SimulatedOrders: ~Copyable {
  /// One order, with what is true of it.
  struct Order {
    var created: Instant
    /// How many orders were created before it.
    fileprivate(set) var number: UInt64
    var started = Instant.never
    var ended = Instant.never
    var status = OrderStatus.pending
    /// Whether its processing is going to fail, or somebody is going to cancel it meanwhile.
    var failsByLot = false
    var isCancelledByLot = false
    /// What its client has been told.
    var told = Told()
    /// Whether it was started once, and put back into the queue.
    var wasRequeued = false
    fileprivate(set) var generation: UInt32
    fileprivate(set) var isFree = false
    /// Whether nobody will ask for it any more.
    fileprivate(set) var isForgotten = false
  }

  /// What the answers have told the client, and when: all that can be known from outside.
  struct Told {
    /// When the create was sent, and when its acknowledgement was received.
    var createSent = Instant.never
    var created = Instant.never
    /// When the last request was sent that was answered with "not ended", and with "pending".
    var unfinishedSent = Instant.never
    var pendingSent = Instant.never
    /// When the first answer was received that said "started" and was not revoked later, and the first that said "ended".
    var started = Instant.never
    var ended = Instant.never
    /// Until when the client was asked not to ask again.
    var quietUntil = Instant(.min)

    mutating func acknowledged(sent: Instant, at now: Instant) {
      createSent = sent
      unfinishedSent = sent
      pendingSent = sent
      created = now
    }

    /// The answer to a cancel: the order is cancelled, or has been started.
    mutating func cancelled(_ isCancelled: Bool, at now: Instant) {
      started = min(started, now)
      if isCancelled { ended = min(ended, now) }
    }

    /// - Parameter isAlike: whether an order that is processing is told to be pending, so that this tells nothing of its start.
    mutating func status(_ status: OrderStatus, isAlike: Bool, sent: Instant, at now: Instant) {
      if status != .pending {
        started = min(started, now)
      } else if !isAlike {
        pendingSent = sent
        started = .never
      }
      if status.hasEnded { ended = min(ended, now) } else { unfinishedSent = sent }
    }
  }

  private var slots: [Order] = []
  private var free: [UInt32] = []
  private var count: UInt64 = 0

  /// How many slots there are: the most orders that had to be known at the same time.
  var slotCount: Int { slots.count }

  mutating func insert(created: Instant) -> Ticket {
    defer { count += 1 }
    guard let slot = free.popLast() else {
      slots.append(Order(created: created, number: count, generation: 0))
      return Ticket(slot: UInt32(slots.count - 1), generation: 0)
    }
    let generation = slots[Int(slot)].generation &+ 1
    slots[Int(slot)] = Order(created: created, number: count, generation: generation)
    return Ticket(slot: slot, generation: generation)
  }

  /// Whether the order still exists, and its slot has not been given to another one.
  func has(_ ticket: Ticket) -> Bool {
    let slot = Int(ticket.slot)
    return slot < slots.count && slots[slot].generation == ticket.generation && !slots[slot].isFree
  }

  /// The order must exist.
  subscript(ticket: Ticket) -> Order {
    _read { yield slots[Int(ticket.slot)] }
    _modify { yield &slots[Int(ticket.slot)] }
  }

  /// The orders that have not ended, in the order of their creation.
  var unfinished: [Ticket] {
    slots.indices.filter { !slots[$0].isFree && !slots[$0].status.hasEnded }.sorted { slots[$0].number < slots[$1].number }
      .map { Ticket(slot: UInt32($0), generation: slots[$0].generation) }
  }

  /// Nobody will ask for the order again: it is removed once it has ended.
  mutating func forget(_ ticket: Ticket) {
    guard has(ticket) else { return }
    slots[Int(ticket.slot)].isForgotten = true
    releaseIfDone(ticket)
  }

  /// Must be called when an order has ended.
  mutating func releaseIfDone(_ ticket: Ticket) {
    let slot = Int(ticket.slot)
    guard slots[slot].isForgotten, slots[slot].status.hasEnded else { return }
    slots[slot].isFree = true
    free.append(ticket.slot)
  }
}
