import Foundation
package import LoadRun
import LoadStatistics
package import Shared

/// How much the runs of one program differ on one machine, and therefore how small a difference can be told there.
package struct MachineNoise: Codable, Sendable, Equatable {
  /// How many pairs of equal runs there are.
  package var pairs: Int
  package var figures: [Figure]

  package struct Figure: Codable, Sendable, Equatable {
    package var figure: String
    package var scale: ComparedFigure.Scale
    /// The standard deviation of the pairs' differences, of ratios of their logarithms.
    package var deviation: Double
    /// How many of so many comparisons of equal runs, `pairsEach` pairs each, called them different at 95 % without a margin.
    package var different: Int
    package var comparisons: Int
    package var margins: [Margin]
  }

  /// The least margin within which equal runs are found equivalent in 95 of 100 comparisons, as a fraction, or a difference of shares; `nil`
  /// where so few pairs show nothing.
  package struct Margin: Codable, Sendable, Equatable {
    package var pairs: Int
    @Explicit package var margin: Double?
  }

  /// How many pairs each comparison has that is counted in `different`.
  package static let pairsEach = 8
  /// For how many pairs margins are told.
  package static let lengths = [6, 8, 10, 12]
  /// How many comparisons are drawn from the pairs.
  private static let draws = 1_000

  /// Two runs that followed each other are a pair.
  /// - Throws: `ConfigurationError` where there are too few, or they are not alike.
  package init(_ runs: [ComparedRun], figures: [ComparedFigure], confidence: Double) throws(ConfigurationError) {
    let sorted = runs.sorted { ($0.began, $0.place) < ($1.began, $1.place) }
    let fewest = 2 * Self.pairsEach
    guard sorted.count >= fewest else {
      throw ConfigurationError(
        "--a-a: \(sorted.count) runs are too few to know a machine by: at least \(fewest) of one program, and 40 are better")
    }
    let pairs = stride(from: 0, to: sorted.count - 1, by: 2).map { (sorted[$0], sorted[$0 + 1]) }
    self.init(
      pairs: pairs.count,
      figures: figures.compactMap { figure in
        let differences = pairs.compactMap { pair -> Double? in
          guard let one = pair.0.values[figure]?.upper, let other = pair.1.values[figure]?.upper else { return nil }
          return Change.difference(one, other, figure.scale).flatMap { $0.isFinite ? $0 : nil }
        }
        return differences.count == pairs.count ? Figure(figure, differences, confidence: confidence) : nil
      })
    guard !self.figures.isEmpty else {
      throw ConfigurationError("--a-a: the runs have no figure in common by which they could be compared")
    }
  }

  private init(pairs: Int, figures: [Figure]) {
    self.pairs = pairs
    self.figures = figures
  }
}

extension MachineNoise.Figure {
  fileprivate init(_ figure: ComparedFigure, _ differences: [Double], confidence: Double) {
    let random = SeededRandom(seed: 0)
    var count: UInt64 = 0
    // Equal runs might as well have come in the other order: each draw takes a pair, and turns it round or not.
    func draw(_ number: Int) -> [Double] {
      (0..<number).map { _ in
        count += 1
        let bits = random.bits(.resampling, count)
        let difference = differences[Int((bits >> 1) % UInt64(differences.count))]
        return bits & 1 == 1 ? difference : -difference
      }
    }
    let sets = stride(from: 0, through: differences.count - MachineNoise.pairsEach, by: MachineNoise.pairsEach).map {
      SignFlip.interval(of: Array(differences[$0..<$0 + MachineNoise.pairsEach]), confidence: 0.95)
    }
    let different = sets.count { interval in interval.map { $0.lowerBound > 0 || $0.upperBound < 0 } ?? false }
    let margins = MachineNoise.lengths.map { length in
      let widths = (0..<MachineNoise.draws).compactMap { _ in
        SignFlip.interval(of: draw(length), confidence: confidence).map { max(abs($0.lowerBound), abs($0.upperBound)) }
      }.sorted()
      let width = widths.count == MachineNoise.draws ? widths[MachineNoise.draws * 95 / 100 - 1] : nil
      return MachineNoise.Margin(pairs: length, margin: width.map { figure.scale == .ratio ? exp($0) - 1 : $0 })
    }
    self.init(
      figure: figure.name, scale: figure.scale, deviation: Moments(differences)?.deviation ?? 0, different: different,
      comparisons: sets.count,
      margins: margins)
  }
}
