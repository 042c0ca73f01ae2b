/// Why a target's figures are wrong: one defect that alone explains every reading of a run (docs/measurement.md, "Causes").
struct Cause: Sendable, Equatable {
  /// The defects that are looked for. The raw value is the word in `summary.json`.
  enum Kind: String, Sendable, CaseIterable {
    // Of numbers of orders.
    case countedTwice = "counted_twice"
    case countedAs = "counted_as"
    case refusedCounted = "refused_counted"
    case offset, scaled, fixed
    // Of either.
    case swapped
    // Of averages.
    case unit
    case wholeSeconds = "whole_seconds"
    case otherSpan = "other_span"
    case unfinishedAsZero = "unfinished_as_zero"
    case median, window
    case withoutSlowest = "without_slowest"
    case stampedEarly = "stamped_early"
    // Of histograms.
    case bucketsShifted = "buckets_shifted"
    // Of what figures are about.
    case late, cached, forgot
    case oneOfSeveral = "one_of_several"
    case severalProcesses = "several_processes"
  }

  let kind: Kind
  /// The names of the figures that it is about; empty: all of them.
  let figures: [String]
  /// As a clause: `every figure is told 2.0 s late`.
  let words: String

  /// Whether it is the same defect, of no other figures.
  func isLike(_ other: Cause) -> Bool {
    let (mine, others) = (Set(figures), Set(other.figures))
    return kind == other.kind && (mine.isEmpty || others.isEmpty || mine.isSubset(of: others) || others.isSubset(of: mine))
  }
}
