import Testing

@testable import OrderServer

@Suite("One at a time")
struct OneAtATimeTests {
  private actor Tally {
    private(set) var inside = 0
    private(set) var most = 0
    private(set) var done: [Int] = []
    private(set) var cancelled = 0

    func enter() {
      inside += 1
      most = max(most, inside)
    }

    func leave(_ number: Int) {
      inside -= 1
      done.append(number)
    }

    func cancel() { cancelled += 1 }
  }

  @Test("Never two are in, everyone has its turn, and whoever is cancelled meanwhile holds up nobody", arguments: 0..<20)
  func turns(seed: Int) async throws {
    let lane = OneAtATime()
    let tally = Tally()
    let tasks = (0..<100).map { number in
      Task {
        do {
          try await lane.perform {
            await tally.enter()
            for _ in 0..<(number % 4) { await Task.yield() }
            await tally.leave(number)
          }
        } catch is CancellationError { await tally.cancel() }
      }
    }
    for (number, task) in tasks.enumerated() where (number * 7 + seed).isMultiple(of: 5) { task.cancel() }
    for task in tasks { try await task.value }
    let (inside, most, done, cancelled) = (await tally.inside, await tally.most, await tally.done.count, await tally.cancelled)
    #expect(inside == 0 && most == 1 && done + cancelled == 100 && cancelled <= 20)
    // It is free again.
    let last = try await lane.perform { 1 }
    #expect(last == 1)
  }

  @Test("They have their turns in the order in which they came")
  func order() async throws {
    let lane = OneAtATime()
    let tally = Tally()
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let first = Task {
      try await lane.perform {
        await tally.enter()
        for await _ in released { break }
        await tally.leave(-1)
      }
    }
    while await tally.inside == 0 { await Task.yield() }
    var others: [Task<Void, any Error>] = []
    for number in 0..<10 {
      others.append(Task { try await lane.perform { await tally.leave(number) } })
      while lane.waitingCount <= number { await Task.yield() }
    }
    release.yield()
    try await first.value
    for other in others { try await other.value }
    #expect(await tally.done == Array(-1..<10))
  }
}
