/// The connections of all loops, each loop's next to each other.
struct SimulatedLines {
  private var lines: [SimulatedLine]
  private let perLoop: Int

  init(loops: Int, perLoop: Int) {
    lines = Array(repeating: SimulatedLine(), count: loops * perLoop)
    self.perLoop = perLoop
  }

  /// A connection in its present life.
  func line(_ loop: Int, _ index: Int) -> EventQueue.Line {
    EventQueue.Line(loop: Int32(loop), connection: Int32(index), life: lines[loop * perLoop + index].life)
  }

  /// Every connection that is not closed, in its present life.
  var open: [EventQueue.Line] {
    lines.indices.filter { lines[$0].state != .closed }.map { line($0 / perLoop, $0 % perLoop) }
  }

  subscript(loop: Int, index: Int) -> SimulatedLine {
    _read { yield lines[loop * perLoop + index] }
    _modify { yield &lines[loop * perLoop + index] }
  }

  subscript(line: EventQueue.Line) -> SimulatedLine {
    _read { yield lines[Int(line.loop) * perLoop + Int(line.connection)] }
    _modify { yield &lines[Int(line.loop) * perLoop + Int(line.connection)] }
  }

  func isCurrent(_ line: EventQueue.Line) -> Bool { self[line].isCurrent(line) }

  /// Whether the system has closed its end. A connection that the client has closed still delivers what was sent.
  func hasCutOff(_ line: EventQueue.Line) -> Bool { isCurrent(line) && self[line].isCutOff }
}
