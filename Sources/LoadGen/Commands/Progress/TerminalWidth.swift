import LoadReports
import LoadRun

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Determines the width of a terminal.
enum TerminalWidth {
  /// The width in columns, where it is unknown.
  static let usual = 80

  /// In columns. Must be asked for each time, as windows change their size.
  /// - Parameter columns: the value of `COLUMNS`, for a terminal that does not know its size.
  static func of(_ descriptor: Int32, columns: String?) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return columns.flatMap { Int($0) }.map { min(max(1, $0), 10_000) } ?? usual
  }
}
