import Foundation
import LoadReports
import LoadRun
import Shared
import Synchronization

/// The line on standard error that shows how far a run has come: on a terminal it is rewritten in place, within the terminal's width;
/// elsewhere there is a new line every ten seconds.
final class ProgressLine: Sendable {
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let columns: String?
  private let history: Mutex<ProgressHistory>

  /// How many seconds apart lines are where there is no terminal.
  static let pause = 10.0

  /// - Parameter isVirtual: whether the run is a simulation, whose time is not real time.
  init(_ scenario: Scenario, isQuiet: Bool, isVirtual: Bool = false) {
    let environment = ProcessInfo.processInfo.environment
    isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    columns = environment["COLUMNS"]
    self.isQuiet = isQuiet
    history = Mutex(ProgressHistory(LoadOutline(scenario), isVirtual: isVirtual))
  }

  /// - Parameter tick: the number of this call; there are four per second.
  func show(_ progress: RunProgress, tick: Int) {
    guard !isQuiet else { return }
    let figures = history.withLock { $0.add(progress) }
    if isTerminal {
      // The last column stays empty: some terminals move to the next line as soon as it is written to.
      write("\r\u{1B}[2K" + figures.text(width: TerminalWidth.of(STDERR_FILENO, columns: columns) - 1))
    } else if tick > 0, tick.isMultiple(of: Int(Self.pause * 4)) {
      write(figures.text() + "\n")
    }
  }

  /// Removes the line from a terminal, to make room for other output.
  func clear() {
    if isTerminal, !isQuiet { write("\r\u{1B}[2K") }
  }

  private func write(_ text: String) { Console.write(text, to: STDERR_FILENO) }
}
