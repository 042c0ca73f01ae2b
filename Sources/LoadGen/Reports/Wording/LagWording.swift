import LoadRun

extension Summary {
  /// How late the load generator itself was, as in `slip p99 419µs, loop lag at most 9.16ms`; `nil` where neither was measured.
  var lagWording: String? {
    let parts = [
      latency(.slip)?.values.p99.map { "slip p99 \(Figure.seconds($0))" },
      latency(.loopLag)?.values.max.map { "loop lag at most \(Figure.seconds($0))" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
