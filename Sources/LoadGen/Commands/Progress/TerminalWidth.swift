import LoadReports
import LoadRun

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How wide a terminal is.
enum TerminalWidth {
  /// Columns where nobody says.
  static let usual = 80

  /// Asked anew each time: a window can be made wider, and narrower.
  /// - Parameter columns: what `COLUMNS` says, for a terminal that does not know.
  static func of(_ descriptor: Int32, columns: String?) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return columns.flatMap { Int($0) }.map { min(max(1, $0), 10_000) } ?? usual
  }
}
