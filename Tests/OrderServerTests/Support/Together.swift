import Dispatch
import Synchronization

/// Keeps what it is lent, such as the only connection to a database, on a thread of its own until it lets go of it.
final class Hold: Sendable {
  private let gate = DispatchSemaphore(value: 0)

  /// Returns when it has it.
  /// - Parameter lend: lends it for as long as what it is given takes.
  init(_ lend: @escaping @Sendable (() -> Void) throws -> Void) async {
    let (begun, began) = AsyncStream.makeStream(of: Void.self)
    let gate = gate
    DispatchQueue.global().async {
      defer { began.finish() }
      try? lend {
        began.yield()
        gate.wait()
      }
    }
    for await _ in begun { break }
  }

  func letGo() { gate.signal() }
}

/// So many ask at the same time: what keeps them waiting lets go only when all have asked, however slow or fast the machine is.
func askTogether(_ count: Int, letGo: () -> Void, ask: @escaping @Sendable (Int) async throws -> Void) async throws {
  let asked = Counter()
  try await withThrowingTaskGroup(of: Void.self) { group in
    for index in 0..<count {
      group.addTask {
        asked.add()
        try await ask(index)
      }
    }
    while asked.count < count { await Task.yield() }
    letGo()
    try await group.waitForAll()
  }
}

/// Counts what many tasks do.
private final class Counter: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .acquiring) }

  func add() { value.add(1, ordering: .releasing) }
}
