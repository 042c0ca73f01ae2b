import Shared

extension Summary {
  /// The rate that the scenario asked for; `nil` in closed load.
  var targetRate: Double? { scenario["rate"].flatMap { try? Rate(text: $0) }?.perSecond }

  /// Target beside what came of it, in the order in which an order passes through.
  var rateWording: [(name: String, value: String)] {
    var parts: [(name: String, value: String)] = []
    if let target = targetRate { parts.append(("target", Figure.rate(target))) }
    parts += [
      ("offered", Figure.rate(rates.offered)), ("accepted", Figure.rate(rates.accepted)), ("completed", Figure.rate(rates.completed)),
    ]
    return parts
  }
}

extension Summary.Generator {
  /// `1.42s of CPU, 34% busy, 36.6MiB of memory at most, 2 event loops`.
  var costWording: String {
    [
      cpuSeconds.map { "\(Figure.seconds($0)) of CPU" }, busyShare.map { "\(Int(($0 * 100).rounded()))% busy" },
      peakMemoryBytes.map { "\(ByteCount($0)) of memory at most" },
      eventLoops == 1 ? "1 event loop" : "\(eventLoops) event loops",
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
