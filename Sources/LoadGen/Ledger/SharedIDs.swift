import Shared

/// Detects ids that the target gave to more than one order: with such an id no order can be followed reliably.
///
/// For each id 64 bits and the number of its orders are kept, in a table of limited size. Once it holds more than `most` ids, only every
/// second id is tracked, chosen by its own bits, then every fourth, and so on. An id that was found with two orders is never dropped. So
/// the result is exact up to `most` ids, and a lower bound beyond that.
struct SharedIDs: Sendable {
  /// How many ids one event loop tracks at most, in 3 MiB.
  static let most = 1 << 17

  private let most: Int
  /// The bits of each id, at the first free place from the one that they point to; 0 marks a free place.
  private var places: [UInt64] = []
  /// How many orders had the id at the same place.
  private var uses: [UInt32] = []
  private(set) var count = 0
  /// Only ids whose `level` highest bits are 0 are tracked.
  private var level: UInt64 = 0
  /// Whether any id was found with two orders: only such an id is in the table although it is not tracked.
  private var hasShared = false

  init(most: Int = Self.most) { self.most = most }

  /// How many orders had an id that another order had, too.
  var orders: Int { uses.reduce(0) { $1 > 1 ? $0 + Int($1) : $0 } }

  /// How many different ids these orders had.
  var ids: Int { uses.reduce(0) { $1 > 1 ? $0 + 1 : $0 } }

  /// Whether every id was tracked.
  var isComplete: Bool { level == 0 }

  /// An order was given this id.
  /// - Returns: whether an earlier order is known to have had it.
  mutating func add(_ id: OrderID) -> Bool {
    // Hashes are seeded anew in each process, so nobody can choose ids that collide. 0 is reserved for free places.
    let bits = max(1, UInt64(bitPattern: Int64(id.hashValue)))
    let isTracked = Self.isLookedAt(bits, level)
    // The table is too large for the processor's caches, so it is not looked into for nothing.
    guard isTracked || hasShared else { return false }
    makeRoom()
    let place = place(of: bits)
    if places[place] != 0 {
      uses[place] &+= 1
      hasShared = true
      return true
    }
    guard isTracked else { return false }
    put(bits, uses: 1)
    while count > most, level < 63 { raiseLevel() }
    return false
  }

  /// Adds those of another loop. The order does not matter, because nothing is dropped here.
  mutating func merge(_ other: SharedIDs) {
    for (bits, uses) in zip(other.places, other.uses) where bits != 0 {
      makeRoom()
      put(bits, uses: uses)
    }
    level = max(level, other.level)
  }

  private static func isLookedAt(_ bits: UInt64, _ level: UInt64) -> Bool { bits >> (64 - level) == 0 }

  /// The place at which the bits are, or would have to be put.
  private func place(of bits: UInt64) -> Int {
    let mask = places.count - 1
    var place = Int(truncatingIfNeeded: bits) & mask
    while places[place] != 0, places[place] != bits { place = (place + 1) & mask }
    return place
  }

  private mutating func put(_ bits: UInt64, uses number: UInt32) {
    let place = place(of: bits)
    if places[place] == 0 { count += 1 }
    places[place] = bits
    uses[place] &+= number
    if uses[place] > 1 { hasShared = true }
  }

  /// Drops about half of the ids that only one order had.
  private mutating func raiseLevel() {
    level += 1
    let level = level
    rebuild(places.count) { $1 > 1 || Self.isLookedAt($0, level) }
  }

  /// Keeps at least a quarter of the places free.
  private mutating func makeRoom() {
    if (count + 1) * 4 > places.count * 3 { rebuild(max(1_024, places.count * 2)) { _, _ in true } }
  }

  private mutating func rebuild(_ size: Int, keeping isKept: (UInt64, UInt32) -> Bool) {
    let old = zip(places, uses)
    places = [UInt64](repeating: 0, count: size)
    uses = [UInt32](repeating: 0, count: size)
    count = 0
    for (bits, uses) in old where bits != 0 && isKept(bits, uses) { put(bits, uses: uses) }
  }
}
