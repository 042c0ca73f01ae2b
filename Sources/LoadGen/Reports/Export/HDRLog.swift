import Foundation
import LoadRun
import Shared

/// A summary's blocks as an interval log of HdrHistogram, version 1.3 (`latencies.hlog`), as its `HistogramLogProcessor` and log analysers read it.
///
/// Each block has three lines, told apart by their tags: the `accept` latencies of the orders that were due in it, and the two ends of their
/// `completion`. Values are in nanoseconds, and `Interval_Max` is in milliseconds, which is what readers take for granted (an
/// `outputValueUnitRatio` of 1,000,000). A block's histograms have the precision of blocks, 0.8 %, at the middle of each step; what is censored is
/// in none of them.
enum HDRLog {
  private static let nanosecondsPerMillisecond = 1e6

  /// - Returns: `nil` where no block has any value, or there is no memory to compress them.
  static func render(_ summary: Summary) -> String? {
    let blocks = summary.blocks
    guard let first = blocks.items.first?.t, blocks.items.contains(where: { $0.lines.contains { !$0.pairs.isEmpty } }) else { return nil }
    // A reader takes no interval from before the start, so that the first block is the start, even if the run began later in it.
    let start = Figure.decimal(Double(first))
    var lines = [
      "#[loadgen: values in nanoseconds, by when their orders were due; Interval_Max in milliseconds]",
      "#[Histogram log format version 1.3]",
      "#[StartTime: \(start) (seconds since epoch), \(Timestamp.text(epochSeconds: Double(first)))]",
      "#[BaseTime: \(start) (seconds since epoch)]",
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"",
    ]
    for block in blocks.items {
      for (tag, pairs) in block.lines {
        guard let bytes = HDRHistogramBytes.compressed(pairs) else { return nil }
        let longest = pairs.last.map { HistogramBucket(index: $0.index).highest } ?? 0
        let numbers = [Double(block.t &- first), Double(blocks.seconds), Double(longest) / nanosecondsPerMillisecond]
        lines.append("Tag=\(tag),\(numbers.map { Figure.decimal($0) }.joined(separator: ",")),\(Data(bytes).base64EncodedString())")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Summary.Block {
  /// What the log has of this block, by tag: one line each, also where there was nothing to measure.
  fileprivate var lines: [(tag: String, pairs: [Summary.Pair])] {
    [
      (HistogramName.observed(.accept), accept), (HistogramName.lower(.completion), completionLower),
      (HistogramName.upper(.completion), completionUpper),
    ]
  }
}
