/// The connections of all loops, those of each side by side.
struct SimulatedLines {
  private var lines: [SimulatedLine]
  private let perLoop: Int

  init(loops: Int, perLoop: Int) {
    lines = Array(repeating: SimulatedLine(), count: loops * perLoop)
    self.perLoop = perLoop
  }

  /// The present life of a connection.
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

  /// Whether the system has closed its end of it. One that the client has closed still brings what was sent.
  func hasCutOff(_ line: EventQueue.Line) -> Bool { isCurrent(line) && self[line].isCutOff }
}
