import Foundation

/// The processes that a program and what it started are made of.
struct ProcessGroup {
  private let id: pid_t

  init(_ id: pid_t) { self.id = id }

  /// The processor time of all its processes, and of those that they have waited for, in seconds, to a hundredth as Linux counts (proc(5),
  /// `utime`, `stime`, `cutime`, `cstime`). What left the group, or was never waited for and has ended, is not in it.
  ///
  /// `nil` where it has no process, or the system has no `/proc`.
  var cpuSeconds: Double? {
    guard let entries = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else { return nil }
    let perSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    let ticks = entries.compactMap { name in Int(name) == nil ? nil : Self.ticks(of: name, in: id) }
    return ticks.isEmpty || perSecond <= 0 ? nil : Double(ticks.reduce(0, +)) / perSecond
  }

  /// `nil` where the process is of another group, or has ended.
  private static func ticks(of process: String, in group: pid_t) -> Int? {
    // Its name, the second field, may hold blanks and brackets: the last bracket ends it.
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .isoLatin1), let end = text.lastIndex(of: ")") else {
      return nil
    }
    let fields = text[end...].split(separator: " ").dropFirst().map(String.init)
    // From the third field on: state, parent, group, …; the times are the fields 14 to 17.
    guard fields.count > 14, Int32(fields[2]) == group else { return nil }
    return fields[11...14].reduce(0) { $0 + (Int($1) ?? 0) }
  }
}
