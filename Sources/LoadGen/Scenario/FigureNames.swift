/// The durations that are known exactly, under their names in `summary.json` (docs/measurement.md, "Stamps").
package enum LatencyName: Hashable, Sendable {
  case accept, acceptService, reject
  /// From the sending of a request to its answer, for a kind of request that has a latency of its own.
  case request(RequestKind)
  case pollGap, pollGapAsked, slip, connectionWait, loopLag
}

extension LatencyName: CaseIterable {
  /// In the order of the reports.
  package static let allCases: [LatencyName] =
    [.accept, .acceptService, .reject, .request(.poll), .pollGap, .pollGapAsked] + others.map(LatencyName.request)
    + [.slip, .connectionWait, .loopLag]

  /// The kinds of requests with a latency of their own, other than creates and polls.
  package static let others = RequestKind.allCases.filter { $0.series == $0 && $0 != .create && $0 != .poll }
}

extension LatencyName: RawRepresentable {
  private static let byText = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  package init?(rawValue: String) {
    guard let name = Self.byText[rawValue] else { return nil }
    self = name
  }

  package var rawValue: String {
    switch self {
    case .accept: "accept"
    case .acceptService: "accept_service"
    case .reject: "reject"
    case .request(let kind): kind.rawValue
    case .pollGap: "poll_gap"
    case .pollGapAsked: "poll_gap_asked"
    case .slip: "slip"
    case .connectionWait: "connection_wait"
    case .loopLag: "loop_lag"
    }
  }
}

/// The durations that are known as intervals, under their names in `summary.json`, in the order of the reports.
package enum IntervalName: String, CaseIterable, Sendable {
  case completion
  case queueWait = "queue_wait"
  case processing, turnaround
}

/// The unit of a figure, which decides how it is printed.
package enum FigureUnit: String, Codable, Sendable, CaseIterable {
  case seconds
  case orders
  /// A fraction of a whole: 0.01 is printed as 1 %.
  case share
  case perSecond = "per_second"
  /// Anything else that is a plain number.
  case number
}
