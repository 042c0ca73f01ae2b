import Shared

/// All orders, as plain values. An order's number is its index, from 0.
struct OrderBook: Sendable {
  private(set) var tallies = Tallies()
  let isClosed: Bool

  private struct KeyedOrder: Sendable {
    var fingerprint: [UInt8]
    var id: OrderID
  }

  private struct KeyName: Hashable, Sendable {
    var owner: ByteText
    var text: ByteText
  }

  private var orders: [Order] = []
  private var numbers: [OrderID: Int] = [:]
  /// Each user's orders, the oldest first.
  private var numbersOfUsers: [ByteText: [Int]] = [:]
  private var keys: [KeyName: KeyedOrder] = [:]
  /// No order before this one is pending: orders are taken in the order of their numbers.
  private var next = 0

  init(isClosed: Bool = false) {
    self.isClosed = isClosed
  }

  /// The number of the order that was inserted last; `nil` where there is none.
  var lastNumber: Int64? { orders.isEmpty ? nil : Int64(orders.count - 1) }

  func order(_ id: OrderID) -> Order? { numbers[id].map { orders[$0] } }

  mutating func insert(_ order: Order, under key: IdempotencyKey?) throws(StoreError) -> OrderID {
    let name = key.map { KeyName(owner: ByteText($0.owner), text: ByteText($0.text)) }
    if let key, let name, let first = keys[name] {
      guard first.fingerprint == key.fingerprint else { throw .keyReused(key.text) }
      return first.id
    }
    guard numbers[order.id] == nil else { throw .duplicate(order.id) }
    numbers[order.id] = orders.count
    numbersOfUsers[ByteText(order.userID), default: []].append(orders.count)
    if let key, let name { keys[name] = KeyedOrder(fingerprint: key.fingerprint, id: order.id) }
    orders.append(order)
    tallies.add(order)
    return order.id
  }

  mutating func cancel(_ id: OrderID, at now: Timestamp) throws(StoreError) -> Order? {
    guard let number = numbers[id] else { return nil }
    guard orders[number].status == .pending else { throw .notPending(id, orders[number].status) }
    end(number, as: .cancelled, at: now)
    tallies.move(from: .pending, to: .cancelled)
    return orders[number]
  }

  /// Ends those of the orders that are still being processed.
  mutating func end(_ finished: [ClaimedOrder], as status: OrderStatus, at now: Timestamp) {
    for order in finished where orders[Int(order.number)].status == .processing {
      end(Int(order.number), as: status, at: now)
      tallies.end(order, as: status, at: now)
    }
  }

  /// Takes up to `limit` pending orders, the oldest first, whose numbers are not above `last`.
  mutating func take(_ limit: Int, upTo last: Int64, at now: Timestamp) -> [ClaimedOrder] {
    var taken: [ClaimedOrder] = []
    while taken.count < limit, next < orders.count, next <= last {
      defer { next += 1 }
      guard orders[next].status == .pending else { continue }
      orders[next].status = .processing
      orders[next].startedAt = now
      taken.append(ClaimedOrder(number: Int64(next), id: orders[next].id, createdAt: orders[next].createdAt, startedAt: now))
    }
    tallies.move(Int64(taken.count), from: .pending, to: .processing)
    return taken
  }

  func orders(_ query: OrderQuery) -> OrderPage {
    if let userID = query.userID { return page(of: numbersOfUsers[ByteText(userID)] ?? [], query) }
    return page(of: orders.indices, query)
  }

  /// - Parameter candidates: numbers of orders, in rising order.
  private func page(of candidates: some RandomAccessCollection<Int>, _ query: OrderQuery) -> OrderPage {
    let end = query.after.map { cursor in candidates.firstIndex(reaching: Int(cursor.number)) } ?? candidates.endIndex
    var found: [Int] = []
    var size = 0
    for number in candidates[..<end].reversed() where query.status == nil || orders[number].status == query.status {
      if found.count == query.limit || size >= OrderPage.byteLimit {
        return OrderPage(orders: found.map { orders[$0] }, next: found.last.map { OrderCursor(number: Int64($0)) })
      }
      found.append(number)
      size += orders[number].textSize
    }
    return OrderPage(orders: found.map { orders[$0] }, next: nil)
  }

  private mutating func end(_ number: Int, as status: OrderStatus, at now: Timestamp) {
    orders[number].status = status
    orders[number].endedAt = now
  }
}

extension RandomAccessCollection<Int> {
  /// The index of the first element that is at least `value`; the end where all are less. The elements must be in rising order.
  fileprivate func firstIndex(reaching value: Int) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let middle = index(low, offsetBy: count / 2)
      if self[middle] < value {
        low = index(after: middle)
        count -= count / 2 + 1
      } else {
        count /= 2
      }
    }
    return low
  }
}
