import Foundation
import LoadReports
import LoadRun
import Shared
import Synchronization

/// The line that shows where a run stands, on standard error: rewritten in place on a terminal, within its width, else a new line every ten
/// seconds.
final class ProgressLine: Sendable {
  private let isTerminal: Bool
  private let isQuiet: Bool
  private let columns: String?
  private let history: Mutex<ProgressHistory>

  /// Seconds between two lines where there is no terminal.
  static let pause = 10.0

  /// - Parameter isVirtual: it is shown of a simulation, whose time passes faster.
  init(_ scenario: Scenario, isQuiet: Bool, isVirtual: Bool = false) {
    let environment = ProcessInfo.processInfo.environment
    isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    columns = environment["COLUMNS"]
    self.isQuiet = isQuiet
    history = Mutex(ProgressHistory(LoadOutline(scenario), isVirtual: isVirtual))
  }

  /// - Parameter tick: the number of the call, four of them a second.
  func show(_ progress: RunProgress, tick: Int) {
    guard !isQuiet else { return }
    let figures = history.withLock { $0.add(progress) }
    if isTerminal {
      // Not into the last column: some terminals go on to the next line as soon as it is written to.
      write("\r\u{1B}[2K" + figures.text(width: TerminalWidth.of(STDERR_FILENO, columns: columns) - 1))
    } else if tick > 0, tick.isMultiple(of: Int(Self.pause * 4)) {
      write(figures.text() + "\n")
    }
  }

  /// Makes room for what comes after.
  func clear() {
    if isTerminal, !isQuiet { write("\r\u{1B}[2K") }
  }

  private func write(_ text: String) { Console.write(text, to: STDERR_FILENO) }
}
