import Shared
import Testing

@testable import LoadRun

@Suite("Ids that several orders were given")
struct SharedIDsTests {
  private func table(_ ids: some Sequence<Int>, most: Int = SharedIDs.most) -> SharedIDs {
    var table = SharedIDs(most: most)
    for id in ids { _ = table.add(OrderID("order-\(id)")) }
    return table
  }

  @Test("Ids that are all different are no finding")
  func different() {
    let table = table(0..<5_000)
    #expect(table.count == 5_000 && table.orders == 0 && table.ids == 0 && table.isComplete)
    #expect(Audit.sharedIDCheck(table, at: Instant(0)) == nil)
  }

  @Test("Every order is counted that shares its id, the first one too")
  func counts() {
    let table = table([1, 2, 3, 2, 3, 3, 4])
    #expect(table.orders == 5 && table.ids == 2)
    let check = Audit.sharedIDCheck(table, at: Instant(1_000_000_000))
    #expect(check?.verdict == .contradicted)
    #expect(check?.sentence == "orders with a shared id were 5 at 1.0 s, and must have been 0")
  }

  @Test("An id that was seen before is told at once")
  func tells() {
    var table = SharedIDs()
    var told: [Bool] = []
    for id in ["a", "b", "a"] { told.append(table.add(OrderID(id))) }
    #expect(told == [false, false, true])
  }

  @Test("Beyond its bound the table does not grow, and what it has found stays found")
  func bounded() {
    var table = table([-1, -1, -2, -2, -2], most: 100)
    for id in 0..<100_000 { _ = table.add(OrderID("order-\(id)")) }
    #expect(table.count <= 100 && !table.isComplete)
    #expect(table.orders == 5 && table.ids == 2)
    #expect(Audit.sharedIDCheck(table, at: Instant(0))?.meaning.contains("at least") == true)
    let again = table.add(OrderID("order--1"))
    #expect(again && table.orders == 6, "tracked or not")
  }

  @Test("One id for every order is found however many orders there are")
  func onlyOne() {
    let table = table(repeatElement(7, count: 10_000), most: 100)
    #expect(table.orders == 10_000 && table.ids == 1 && table.isComplete)
  }

  @Test("Where every id is given twice, a table that is too small for them still shows it, and stays small")
  func allTwice() {
    let table = table((0..<20_000).flatMap { [$0, $0] }, most: 100)
    #expect(table.count <= 101)
    #expect(table.ids >= 100 && table.orders == 2 * table.ids)
  }

  @Test("Loops merge in any order, and an id that two of them were given is found")
  func merges() {
    let parts = [table([1, 2, 3]), table([3, 4, 4]), table(0..<3_000, most: 64)]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      var merged = parts[order[0]]
      merged.merge(parts[order[1]])
      merged.merge(parts[order[2]])
      #expect(!merged.isComplete)
      #expect(merged.orders >= 4 && merged.ids >= 2)
      var other = parts[0]
      var rest = parts[1]
      rest.merge(parts[2])
      other.merge(rest)
      #expect(merged.orders == other.orders && merged.ids == other.ids)
    }
  }
}
