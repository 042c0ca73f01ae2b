import Foundation
import LoadRun

/// An axis on which 90 %, 99 % and 99.9 % are equally far apart.
struct NinesAxis: Sendable {
  /// How many nines the axis shows: as many as there are values to tell them apart, from 1 to 6.
  let nines: Double

  /// - Parameter nines: 2 for an axis that reaches to 99 %.
  init(nines: Double) { self.nines = nines.isFinite ? Swift.min(6, Swift.max(1, nines)) : 6 }

  init(count: UInt64) { nines = Swift.min(6, Swift.max(1, log10(Double(Swift.max(count, 1))))) }

  /// The position of a share, from 0 to 1, in pixels.
  func position(_ share: Double) -> Double {
    let reached = share >= 1 ? nines : Swift.min(nines, -log10(1 - share))
    return Chart.left + reached / nines * (Chart.right - Chart.left)
  }

  var axis: Axis { axis(label: "of all orders took no longer") }

  func axis(label: String) -> Axis {
    let shares: [(Double, String)] = [
      (0, "0%"), (0.5, "50%"), (0.9, "90%"), (0.99, "99%"), (0.999, "99.9%"), (0.9999, "99.99%"), (0.99999, "99.999%"),
    ]
    let marks = shares.filter { -log10(1 - $0.0) <= nines + 1e-9 }.map { Axis.Mark(position: position($0.0), label: $0.1) }
    return Axis(scale: Scale(0...1, from: Chart.left, to: Chart.right), marks: marks, label: label)
  }
}
