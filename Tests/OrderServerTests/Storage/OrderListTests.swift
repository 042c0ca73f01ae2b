import Shared
import Testing

@testable import OrderServer

@Suite("Lists of orders, in every kind of store")
struct OrderListTests {
  /// All pages of a list, one after another.
  private static func pages(_ query: OrderQuery, of store: any OrderStore, between: (Int) async throws -> Void = { _ in }) async throws
    -> [[Order]]
  {
    var query = query
    var pages: [[Order]] = []
    repeat {
      let page = try await store.orders(query)
      pages.append(page.orders)
      query.after = page.next
      try await between(pages.count)
    } while query.after != nil
    return pages
  }

  @Test(
    "Pages hold all orders of a user at a status, newest first, each once, and none but the last is short", arguments: StoreKind.all)
  func pagesAreWhole(kind: StoreKind) async throws {
    for seed in kind.seeds(4) {
      try await kind.withStore { store in
        let random = SeededRandom(seed: seed)
        var all: [Order] = []
        for index in 0..<60 as Range<UInt64> {
          let user = "u-\(random.bits(.orderContent, index) % 3)"
          all.append(
            Order(id: OrderID("o-\(index)"), userID: user, itemIDs: ["a"], totalAmount: 1, createdAt: Timestamp(microseconds: Int64(index)))
          )
          try await store.insert(all[all.endIndex - 1])
        }
        _ = try await store.advance(completing: [], taking: 20)
        for userID in [nil, "u-0", "u-2", "nobody"] {
          for status in [nil, OrderStatus.pending, .processing, .failed] {
            var expected: [OrderID] = []
            for order in all.reversed() where userID == nil || order.userID == userID {
              let current = try await store.status(of: order.id)
              if status == nil || current == status { expected.append(order.id) }
            }
            for limit in [1, 7, 20, 1_000] {
              let pages = try await Self.pages(OrderQuery(userID: userID, status: status, limit: limit), of: store)
              #expect(pages.flatMap { $0 }.map(\.id) == expected, "seed \(seed)")
              #expect(pages.dropLast().allSatisfy { $0.count == limit }, "seed \(seed)")
            }
          }
        }
      }
    }
  }

  @Test("A page ends at a number of bytes, too, and the pages together hold every order once", arguments: StoreKind.all)
  func pagesAreBounded(kind: StoreKind) async throws {
    try await kind.withStore { store in
      let items = Array(repeating: String(repeating: "é", count: 128), count: 1_200)
      for index in 0..<14 {
        // Small ones between, of which a page has room for many.
        let own = index % 3 == 0 ? ["a"] : items
        let time = Timestamp(microseconds: Int64(index))
        try await store.insert(Order(id: OrderID("o-\(index)"), userID: "u", itemIDs: own, totalAmount: 1, createdAt: time))
      }
      for userID in [nil, "u"] {
        let pages = try await Self.pages(OrderQuery(userID: userID, limit: 1_000), of: store)
        #expect(pages.flatMap { $0 }.map(\.id.text) == (0..<14).reversed().map { "o-\($0)" })
        #expect(pages.count == 3 && pages.allSatisfy { $0.dropLast().reduce(0) { $0 + $1.textSize } < OrderPage.byteLimit })
      }
    }
  }

  @Test("Orders that come in meanwhile neither hide nor repeat any order that was there", arguments: StoreKind.all)
  func pagesStayPut(kind: StoreKind) async throws {
    try await kind.withStore { store in
      for index in 0..<25 { try await store.insert(.sample("o-\(index)")) }
      let pages = try await Self.pages(OrderQuery(limit: 4), of: store) { page in
        for index in 0..<3 { try await store.insert(.sample("new-\(page)-\(index)")) }
      }
      #expect(pages.flatMap { $0 }.map(\.id.text) == (0..<25).reversed().map { "o-\($0)" })
    }
  }

  @Test("A cursor is read back, and nothing else is one")
  func cursors() throws {
    for number in [0, 1, 17, 1 << 40, Int64.max] {
      let cursor = OrderCursor(number: number)
      #expect(OrderCursor(text: cursor.description) == cursor)
      #expect(OrderCursor(text: cursor.description.uppercased()) == nil)
      #expect(OrderCursor(text: cursor.description + "0") == nil)
    }
    for text in ["", "1", "c", "c0", "czzzzzzzzzzzzz", "c-000000000000", "c+000000000000", "c000000000000é"] {
      #expect(OrderCursor(text: text) == nil)
    }
  }
}
