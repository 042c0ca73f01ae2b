import LoadRun
import LoadStudy

/// What all charts over the rate have in common: their axis, the rates that are held, the least that is broken, and the best estimate.
struct RateGround {
  let x: Axis
  /// From nothing to the greatest rate that is held.
  let zones: [Chart.Zone]
  /// The least rate that is broken, and the best estimate, as upright lines.
  let marks: [Markup]
  let legend: [Chart.Legend]
  /// What they show, as sentences.
  let words: String

  init(_ capacity: Capacity) {
    let (held, broken, estimate) = (capacity.feasibleMax, capacity.infeasibleMin, capacity.estimate)
    let ends = [held, broken, estimate].compactMap(\.self)
    let x = Axis.across(capacity.trials.map(\.rate) + capacity.rates.map(\.rate) + ends, .perSecond, label: "orders per second")
    self.x = x
    zones = held.map { [Chart.Zone(from: Chart.left, to: x.scale($0), style: "held", label: "")] } ?? []
    func upright(_ rate: Double?, _ style: String) -> Markup {
      guard let rate else { return .empty }
      var path = Path()
      path.addStroke(Path.Point(x: x.scale(rate), y: Chart.bottom), to: Chart.top)
      return Chart.line(path, style)
    }
    marks = [upright(broken, "broken"), upright(estimate, "ink dashed")]
    legend = [
      held.map { Chart.Legend(style: "held", shape: .area, label: "held, up to \(Figure.rate($0))") },
      broken.map { Chart.Legend(style: "broken", shape: .line, label: "broken from \(Figure.rate($0)) on") },
      estimate.map { Chart.Legend(style: "ink dashed", shape: .line, label: "best estimate, \(Figure.rate($0))") },
    ].compactMap(\.self)
    words = legend.isEmpty ? "No rate is known to be held or broken." : "Rates: \(legend.map(\.label).joined(separator: "; "))."
  }
}
