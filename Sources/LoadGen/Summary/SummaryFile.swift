import Foundation
package import Shared

/// A run's summary as it lies on disk.
package enum SummaryFile {
  /// The largest file that is read: a run's has some hundred KiB, and a few MiB where it had many claims.
  static let largest = 256 << 20

  /// - Parameter path: of a run's folder, or of its `summary.json` under whatever name.
  /// - Throws: `ConfigurationError` that names the file, what is wrong with it, and what would be right. Nothing is taken from a file that is
  ///   not whole.
  package static func read(_ path: String) throws(ConfigurationError) -> Summary {
    let file = file(at: path)
    let data: Data
    do throws(InputFile.Fault) { data = try InputFile.read(file, most: largest) } catch {
      let hint = file == path ? "give a run's folder, or its summary.json" : "'\(path)' is no run's folder"
      throw ConfigurationError("\(shown(file)) \(error): \(hint)")
    }
    do {
      let summary = try Summary.read(from: data)
      if let fault = summary.fault { throw SummaryError(description: fault) }
      return summary
    } catch {
      throw ConfigurationError("\(shown(file)): \(Legible.line("\(error)", limit: 400))")
    }
  }

  private static func file(at path: String) -> String {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue ? URL(fileURLWithPath: path).appendingPathComponent("summary.json").relativePath : path
  }

  private static func shown(_ path: String) -> String { Legible.line(path, limit: 4_096) }
}

extension Summary {
  /// What no run can have brought about although it is written as a summary is; `nil` where nothing is.
  fileprivate var fault: String? {
    for (name, histogram) in histograms.sorted(by: { $0.key < $1.key }) where histogram.histogram == nil {
      return "the histogram '\(name)' is none: its pairs, sum, min and max do not fit together"
    }
    for (place, stage) in stages.enumerated() {
      for (name, histogram) in stage.histograms.sorted(by: { $0.key < $1.key }) where histogram.histogram == nil {
        return "the histogram '\(name)' of stage \(place + 1) is none: its pairs, sum, min and max do not fit together"
      }
    }
    let durations = [run.duration, run.warmup, run.loadWindow, run.drainWindow]
    guard durations.allSatisfy({ $0.isFinite && $0 >= 0 }) else { return "the run's duration is no length of time" }
    guard orders.isPossible, orders.conserved else { return "its orders do not add up: it has been changed, or is of another program" }
    let counts = errors.map(\.count) + [audit.samples, polls?.count ?? 0]
    guard errors.count <= 10_000, counts.allSatisfy(Self.isCount) else {
      return "it counts errors, polls or readings that there cannot have been"
    }
    guard blocks.seconds > 0 || blocks.items.isEmpty, blocks.items.count <= 720, blocks.areInOrder else {
      return "its blocks are none: at most 720 of one length, by rising time"
    }
    return nil
  }

  /// Whether that many of anything can have happened.
  fileprivate static func isCount(_ number: Int) -> Bool { (0...(1 << 50)).contains(number) }
}

extension Summary.Orders {
  /// Whether every count is one that can be added to others: not negative, and of no more orders than there have ever been.
  fileprivate var isPossible: Bool {
    [
      scheduled, notSent, submitted, accepted, rejected, errored, ambiguous, completed, cancelled, failed, unfinished, timedOut, runEnd,
      lost,
      unknownStatus, untracked, attempts,
    ].allSatisfy(Summary.isCount)
  }
}

extension Summary.Blocks {
  fileprivate var areInOrder: Bool { zip(items, items.dropFirst()).allSatisfy { $0.t < $1.t } }
}
