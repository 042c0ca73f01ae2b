import Shared

/// Names one order of the simulated system: its place, and which of the place's successive orders is meant.
struct Ticket: Hashable, Sendable {
  var slot: UInt32
  var generation: UInt32

  /// As the system's clients know it: sixteen hexadecimal digits.
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

/// The orders that the simulated system still has to know, in slots that are used again: memory grows with those, not with all that ever were.
struct SimulatedOrders: ~Copyable {
  struct Order {
    var created: Instant
    /// How many were created before it.
    fileprivate(set) var number: UInt64
    var started = Instant.never
    var ended = Instant.never
    var status = OrderStatus.pending
    /// Its processing goes wrong, or somebody cancels it meanwhile.
    var failsByLot = false
    var isCancelledByLot = false
    /// What its client was told.
    var told = Told()
    /// It was begun, and put back into the queue.
    var wasRequeued = false
    fileprivate(set) var generation: UInt32
    fileprivate(set) var isFree = false
    /// Nobody asks for it any more.
    fileprivate(set) var isForgotten = false
  }

  /// What the answers that came to the client have told it, and when: all that can be known from outside.
  struct Told {
    /// When the create was sent, and its acknowledgement received.
    var createSent = Instant.never
    var created = Instant.never
    /// The latest sending of a request that was answered with "not ended", or with "pending".
    var unfinishedSent = Instant.never
    var pendingSent = Instant.never
    /// The earliest receipt of an answer that said "begun" and was not taken back, and of one that said "ended".
    var started = Instant.never
    var ended = Instant.never
    /// It was asked to leave the order alone until then.
    var quietUntil = Instant(.min)

    mutating func acknowledged(sent: Instant, at now: Instant) {
      createSent = sent
      unfinishedSent = sent
      pendingSent = sent
      created = now
    }

    /// What a cancel was answered: it is cancelled, or it was begun.
    mutating func cancelled(_ isCancelled: Bool, at now: Instant) {
      started = min(started, now)
      if isCancelled { ended = min(ended, now) }
    }

    mutating func status(_ status: OrderStatus, sent: Instant, at now: Instant) {
      if status == .pending {
        pendingSent = sent
        started = .never
      } else if started == .never {
        started = now
      }
      if status.hasEnded { ended = min(ended, now) } else { unfinishedSent = sent }
    }
  }

  private var slots: [Order] = []
  private var free: [UInt32] = []
  private var count: UInt64 = 0

  /// How many slots were ever used: the most orders that it had to know at a time.
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

  func has(_ ticket: Ticket) -> Bool {
    let slot = Int(ticket.slot)
    return slot < slots.count && slots[slot].generation == ticket.generation && !slots[slot].isFree
  }

  /// The order must be there.
  subscript(ticket: Ticket) -> Order {
    _read { yield slots[Int(ticket.slot)] }
    _modify { yield &slots[Int(ticket.slot)] }
  }

  /// Those that have not ended, in the order in which they were created.
  var unfinished: [Ticket] {
    slots.indices.filter { !slots[$0].isFree && !slots[$0].status.hasEnded }.sorted { slots[$0].number < slots[$1].number }
      .map { Ticket(slot: UInt32($0), generation: slots[$0].generation) }
  }

  /// Nobody will ask for it again: it goes once it has ended.
  mutating func forget(_ ticket: Ticket) {
    guard has(ticket) else { return }
    slots[Int(ticket.slot)].isForgotten = true
    releaseIfDone(ticket)
  }

  /// To be called when an order has ended.
  mutating func releaseIfDone(_ ticket: Ticket) {
    let slot = Int(ticket.slot)
    guard slots[slot].isForgotten, slots[slot].status.hasEnded else { return }
    slots[slot].isFree = true
    free.append(ticket.slot)
  }
}
