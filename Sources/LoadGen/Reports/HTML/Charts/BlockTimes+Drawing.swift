import LoadRun

extension BlockTimes {
  /// A line through one value per block, at the middle of the block; it has gaps where there are no values.
  func line(_ values: [Double?], _ x: Scale, _ y: Scale) -> Path {
    .line(values.enumerated().map { index, value in value.map { Path.Point(x: x(middle(index)), y: y($0)) } })
  }

  /// Two points per block, at its begin and its end, which make a line of steps.
  func steps(_ values: [Double], _ x: Scale, _ y: Scale) -> [Path.Point] {
    zip(blocks.indices, values).flatMap { index, value in
      [Path.Point(x: x(start(index)), y: y(value)), Path.Point(x: x(blocks[index].end), y: y(value))]
    }
  }

  /// The stretches of successive blocks for which something holds.
  func zones(_ style: String, _ label: String, _ x: Scale, where holds: [Bool]) -> [Chart.Zone] {
    var zones: [Chart.Zone] = []
    var began: Double?
    for index in 0...blocks.count {
      if index < blocks.count, holds[index] {
        began = began ?? x(start(index))
      } else if let from = began {
        zones.append(Chart.Zone(from: from, to: x(blocks[index - 1].end), style: style, label: label))
        began = nil
      }
    }
    return zones
  }

  /// The areas between two values per block, one area for each stretch without gaps.
  func bands(_ low: [Double?], _ high: [Double?], _ x: Scale, _ y: Scale) -> [Path] {
    var paths: [Path] = []
    var lower: [Path.Point] = []
    var upper: [Path.Point] = []
    for index in 0...blocks.count {
      if index < blocks.count, let least = low[index], let most = high[index] {
        lower.append(Path.Point(x: x(middle(index)), y: y(least)))
        upper.append(Path.Point(x: x(middle(index)), y: y(most)))
      } else if !lower.isEmpty {
        paths.append(.area(upper, lower))
        (lower, upper) = ([], [])
      }
    }
    return paths
  }
}
