import CZlib
import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

/// The bytes are those that HdrHistogram's own encoder makes by its published layout, worked out by hand; its reader is asked in
/// `EndToEndTests`.
@Suite("Histograms in HdrHistogram's encoding")
struct HDRLogTests {
  private func pairs(_ pairs: (Int, UInt64)...) -> [Summary.Pair] { pairs.map { Summary.Pair(index: $0.0, count: $0.1) } }

  /// The counts' bytes, after a head that says how many there are.
  private func counts(_ pairs: [Summary.Pair]) throws -> [UInt8] {
    let bytes = HDRHistogramBytes.plain(pairs)
    let length = bytes.count - 40
    let head: [UInt8] =
      [0x1C, 0x84, 0x93, 0x13, 0, 0, UInt8(length >> 8), UInt8(length & 255), 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 1]
      + [0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0]
    try #require(Array(bytes.prefix(40)) == head)
    return Array(bytes[40...])
  }

  @Test("Counts are positive and runs of zeros negative, each in as few bytes as it takes")
  func layout() throws {
    #expect(try counts([]) == [0])
    #expect(try counts(pairs((0, 1))) == [2])
    // A single zero is a count, and not a run.
    #expect(try counts(pairs((1, 1))) == [0, 2])
    #expect(try counts(pairs((2, 63), (3, 64))) == [3, 126, 0x80, 1])
    #expect(try counts(pairs((0, 5), (64, 1), (66, 2), (131, 3))) == [10, 125, 2, 0, 4, 127, 6])
    #expect(try counts(pairs((65, 1))) == [0x81, 1, 2])
  }

  @Test("Counts beyond 32 bits, and those as great as there are, are written whole")
  func greatCounts() throws {
    #expect(try counts(pairs((0, 1 << 33))) == [0x80, 0x80, 0x80, 0x80, 0x40])
    #expect(try counts(pairs((0, 1 << 54))) == [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40])
    // The ninth byte has eight bits, and says nothing of a tenth.
    let most: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(try counts(pairs((0, UInt64(Int64.max)))) == most)
    #expect(try counts(pairs((0, .max))) == most)
  }

  @Test("The greatest value that a histogram holds has its place")
  func greatestValue() throws {
    let last = HistogramBucket(holding: LatencyHistogram.highestValue).index
    #expect(last == 38_911)
    // −38,911 is 77,821 by ZigZag, in three bytes.
    #expect(try counts(pairs((last, 1))) == [0xFD, 0xDF, 0x04, 2])
  }

  @Test("Whatever a histogram holds, zlib gives back what was compressed, and the counts are those", arguments: 0..<40 as Range<UInt64>)
  func compressed(seed: UInt64) throws {
    var random = RandomSummary(seed: seed)
    let pairs = [Summary.Pair](random.histogram())
    let bytes = try #require(HDRHistogramBytes.compressed(pairs))
    #expect(Array(bytes.prefix(4)) == [0x1C, 0x84, 0x93, 0x14])
    #expect(bytes[4..<8].reduce(0) { $0 << 8 | Int($1) } == bytes.count - 8)
    let plain = HDRHistogramBytes.plain(pairs)
    var length = uLongf(plain.count)
    var again = [UInt8](repeating: 0, count: plain.count)
    #expect(uncompress(&again, &length, Array(bytes[8...]), uLong(bytes.count - 8)) == Z_OK)
    #expect(Int(length) == plain.count && again == plain)
    #expect(read(plain[40...]) == Dictionary(uniqueKeysWithValues: pairs.map { ($0.index, $0.count) }))
  }

  /// The counts by index, read as the layout says, and not as they are written.
  private func read(_ bytes: ArraySlice<UInt8>) -> [Int: UInt64] {
    var counts: [Int: UInt64] = [:]
    var (index, number, shift) = (0, UInt64(0), UInt64(0))
    for byte in bytes {
      let isLast = shift == 56 || byte < 0x80
      number |= UInt64(shift == 56 ? byte : byte & 0x7F) << shift
      shift += 7
      guard isLast else { continue }
      let value = Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
      if value > 0 { counts[index] = UInt64(value) }
      index += value < 0 ? Int(-value) : 1
      (number, shift) = (0, 0)
    }
    return counts
  }

  @Test("A log has three lines to a block, whose times count from the first block and whose longest is in milliseconds")
  func log() throws {
    let summary = SampleRun(rejectedOneIn: 50, stuckOneIn: 80).summary()
    let lines = try #require(HDRLog.render(summary)).split(separator: "\n").map(String.init)
    let first = try #require(summary.blocks.items.first)
    #expect(lines[1] == "#[Histogram log format version 1.3]")
    #expect(lines[2].hasPrefix("#[StartTime: \(first.t).000 (seconds since epoch), 20"))
    #expect(lines[3] == "#[BaseTime: \(first.t).000 (seconds since epoch)]")
    #expect(lines[4] == "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"")
    #expect(lines.count == 5 + 3 * summary.blocks.items.count)
    for (number, block) in summary.blocks.items.enumerated() {
      for (offset, (tag, pairs)) in [
        ("accept", block.accept), ("completion.lower", block.completionLower), ("completion.upper", block.completionUpper),
      ].enumerated() {
        let fields = lines[5 + 3 * number + offset].split(separator: ",").map(String.init)
        #expect(fields.count == 5 && fields[0] == "Tag=\(tag)")
        #expect(Double(fields[1]) == Double(block.t - first.t) && Double(fields[2]) == Double(summary.blocks.seconds))
        let longest = pairs.last.map { Double(HistogramBucket(index: $0.index).highest) / 1e6 } ?? 0
        #expect(abs((Double(fields[3]) ?? -1) - longest) <= 0.000_5)
        #expect(Data(base64Encoded: fields[4]).map { Array($0) } == HDRHistogramBytes.compressed(pairs))
      }
    }
  }

  @Test("A run in which nothing was measured has no log")
  func nothing() {
    var summary = SampleRun(rate: 30).summary()
    for index in summary.blocks.items.indices {
      summary.blocks.items[index].accept = []
      summary.blocks.items[index].completionLower = []
      summary.blocks.items[index].completionUpper = []
    }
    #expect(HDRLog.render(summary) == nil)
    summary.blocks.items = []
    #expect(HDRLog.render(summary) == nil)
  }
}
