import Testing

@testable import LoadRun

@Suite("The turns of a loop")
struct LoopTurnsTests {
  private func instant(_ milliseconds: Int64) -> Instant { Instant(milliseconds * .millisecond) }

  @Test("A loop that comes late knows for how long what it reads may have waited, and one that does not has not stood still")
  func late() {
    var turns = LoopTurns()
    turns.startBeating(instant(0))
    #expect(turns.beatDue == instant(10))
    turns.begin(instant(10), due: turns.beatDue)
    #expect(turns.standstill == nil && turns.lag(at: instant(11)) == .millisecond)
    turns.end(instant(11))
    turns.begin(instant(920), due: turns.beatDue)
    #expect(turns.standstill == 901 * .millisecond)
    #expect(turns.lag(at: instant(921)) == 902 * .millisecond)
    turns.end(instant(921))
  }

  @Test("What a long turn made late is told by that turn's length alone, and not twice")
  func once() {
    var turns = LoopTurns()
    turns.begin(instant(10), due: instant(10))
    // What is due at 20 is come to at 510: for the turn before, which the processor was taken from.
    turns.end(instant(510))
    turns.begin(instant(510), due: instant(20))
    #expect(turns.standstill == 500 * .millisecond)
    turns.end(instant(511))
    turns.begin(instant(512), due: instant(530))
    #expect(turns.standstill == nil)
  }

  @Test("A loop that is stopped between two readings of its clock in one turn knows it at the second one, and not at the third")
  func within() {
    var turns = LoopTurns()
    turns.begin(instant(100), due: instant(100))
    #expect(turns.read(instant(101)) == nil)
    #expect(turns.read(instant(4101)) == 4000 * .millisecond)
    #expect(turns.read(instant(4102)) == nil)
    turns.end(instant(4102))
    // It slept, and nothing else.
    turns.begin(instant(5000), due: instant(5000))
    #expect(turns.read(instant(5001)) == nil)
  }
}
