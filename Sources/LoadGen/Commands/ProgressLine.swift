import Foundation
import Shared

/// The line that shows where a run stands, on standard error: rewritten in place on a terminal, else a new line every ten seconds.
struct ProgressLine: Sendable {
  private let isTerminal: Bool
  private let isQuiet: Bool
  /// How many orders there will be, where that is known.
  private let expected: Int?
  private let began = ContinuousClock.now

  /// Seconds between two lines where there is no terminal.
  static let pause = 10.0

  init(expected: Int?, isQuiet: Bool) {
    isTerminal = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    self.isQuiet = isQuiet
    self.expected = expected
  }

  /// - Parameter tick: the number of the call, four of them a second.
  func show(_ progress: Progress, tick: Int) {
    guard !isQuiet else { return }
    if isTerminal {
      write("\r\u{1B}[2K" + text(progress))
    } else if tick > 0, tick.isMultiple(of: Int(Self.pause * 4)) {
      write(text(progress) + "\n")
    }
  }

  /// Makes room for what comes after.
  func clear() {
    if isTerminal, !isQuiet { write("\r\u{1B}[2K") }
  }

  private func text(_ progress: Progress) -> String {
    let seconds = began.duration(to: .now).seconds
    let of = expected.map { " of \($0)" } ?? ""
    let failed = progress.failed > 0 ? " · \(progress.failed) failed" : ""
    return String(
      format: "%5.1fs  sent %d%@ · accepted %d · ended %d · outstanding %d%@", seconds, progress.scheduled, of,
      progress.accepted, progress.ended, progress.outstanding, failed)
  }

  private func write(_ text: String) { Console.write(text, to: STDERR_FILENO) }
}
