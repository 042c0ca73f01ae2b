import Shared

/// How finely a target prints one of its figures, as far as its own readings show (docs/measurement.md, "Printed numbers").
///
/// A printer that leaves out trailing zeros writes 2.5 for 2.5000, and 0 for 0.0000: what it wrote elsewhere shows how many digits it has. It
/// may keep a number of decimals, or a number of significant digits, so the coarser of the two counts.
struct PrintedPrecision {
  /// One unit of the last place of the most decimals that were seen; infinite while nothing was.
  private var finest = Double.infinity
  /// The most significant digits that were seen.
  private var digits = 0

  init(_ claims: some Sequence<Claim>) {
    for claim in claims {
      finest = min(finest, claim.place)
      digits = max(digits, claim.digits)
    }
  }

  /// One unit of the last place up to which a claim is exact, in the unit of its value: no more than a unit of the last place that it was
  /// printed with.
  func place(of claim: Claim) -> Double {
    guard claim.digits > 0 else { return min(finest, claim.place) }
    let significant = (claim.digits..<max(claim.digits, digits)).reduce(claim.place) { place, _ in place / 10 }
    return min(max(finest, significant), claim.place)
  }

  /// The values that a claim may stand for.
  func range(of claim: Claim, _ printing: Dialect.Printing) -> ClosedRange<Double> { claim.range(printing, place: place(of: claim)) }
}

extension Claim {
  /// How many significant digits were printed: from the first that is not 0 to the last.
  fileprivate var digits: Int {
    let mantissa = text.utf8.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    return mantissa.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.drop { $0 == UInt8(ascii: "0") }.count
  }
}
