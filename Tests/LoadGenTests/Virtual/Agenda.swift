@testable import LoadRun

/// Virtual time: what is to happen when. Equal times happen in the order in which they were put down.
final class Agenda {
  private(set) var now = Instant(0)
  private var entries: [(at: Instant, number: Int, happen: () -> Void)] = []
  private var number = 0

  func at(_ instant: Instant, _ happen: @escaping () -> Void) {
    number += 1
    entries.append((max(instant, now), number, happen))
    var child = entries.count - 1
    while child > 0, isEarlier(child, (child - 1) / 2) {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  func after(_ nanoseconds: Int64, _ happen: @escaping () -> Void) { at(now + nanoseconds, happen) }

  /// - Returns: whether there was anything to happen.
  func step() -> Bool {
    guard let last = entries.popLast() else { return false }
    var next = last
    if !entries.isEmpty {
      next = entries[0]
      entries[0] = last
      sink()
    }
    now = next.at
    next.happen()
    return true
  }

  private func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && isEarlier(child, least) { least = child }
      if least == parent { return }
      entries.swapAt(least, parent)
      parent = least
    }
  }

  private func isEarlier(_ left: Int, _ right: Int) -> Bool {
    (entries[left].at, entries[left].number) < (entries[right].at, entries[right].number)
  }
}
