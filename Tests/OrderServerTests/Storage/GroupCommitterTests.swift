import Synchronization
import Testing

@testable import OrderServer

@Suite("Group commit")
struct GroupCommitterTests {
  private final class Counts: Sendable {
    let done = Atomic(0)
    let taken = Atomic(0)
  }

  @Test("Every job that was taken is done when the end has come, however late it was taken", arguments: [1, 4])
  func closes(lanes: Int) async {
    for _ in 0..<100 {
      let counts = Counts()
      let committer = GroupCommitter<Int>(label: "test", lanes: lanes) { counts.done.add($0.count, ordering: .relaxed) }
      let adding = Task {
        while committer.add(1) {
          counts.taken.add(1, ordering: .relaxed)
          // A thread of the pool is not kept from the test that ends this.
          await Task.yield()
        }
      }
      while counts.taken.load(ordering: .relaxed) == 0 { await Task.yield() }
      await committer.close()
      let done = counts.done.load(ordering: .relaxed)
      await adding.value
      #expect(done == counts.taken.load(ordering: .relaxed))
    }
  }
}
