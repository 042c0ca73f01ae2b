import Shared

/// What goes wrong on the way to the simulated system and at its door: for each kind, with which chance at each request or connection.
package struct SimulatedFaults: Sendable, Equatable {
  /// The raw value is its name on the command line.
  enum Kind: String, Sendable, CaseIterable {
    /// A connection is refused.
    case refused
    /// A connection or a request that nobody ever answers.
    case vanished
    /// The connection breaks before the request has come.
    case reset
    /// The request is done, and then the connection breaks.
    case lostAnswer = "lost-answer"
    /// The request travels for the whole request timeout, and is done nonetheless.
    case late
    /// The connection ends with the answer.
    case closed
    /// The system closes an idle connection, of which the client hears only later.
    case staleClose = "stale-close"
    /// A create is refused for good (422).
    case rejected
    /// A create is answered with 500, with or without having made an order.
    case failed
    /// A create is acknowledged without the id, where that is the system's to choose.
    case withoutID = "without-id"
    /// A poll or a scrape is answered with 503.
    case useless
    /// A poll is answered with a status word that nobody knows.
    case unknownWord = "unknown-word"
    /// A poll is answered with 404, although the order is there.
    case notFound = "not-found"
    /// A create that is sent again, or that is none, makes an order of its own.
    case wronglyTaken = "wrongly-taken"
    /// A login is refused (401).
    case lockedOut = "locked-out"
  }

  /// From 0 to 1; kinds that are not there never happen.
  private var shares: [Double] = Array(repeating: 0, count: Kind.allCases.count)
  private(set) var isEmpty = true

  subscript(kind: Kind) -> Double {
    get { shares[kind.place] }
    set {
      shares[kind.place] = newValue
      isEmpty = shares.allSatisfy { $0 == 0 }
    }
  }
}

extension SimulatedFaults.Kind {
  fileprivate var place: Int {
    switch self {
    case .refused: 0
    case .vanished: 1
    case .reset: 2
    case .lostAnswer: 3
    case .late: 4
    case .closed: 5
    case .staleClose: 6
    case .rejected: 7
    case .failed: 8
    case .withoutID: 9
    case .useless: 10
    case .unknownWord: 11
    case .notFound: 12
    case .wronglyTaken: 13
    case .lockedOut: 14
    }
  }
}

extension SimulatedFaults: CustomStringConvertible {
  /// Reads `reset=1%,lost-answer=0.5%`.
  /// - Throws: `UnitError` that names the part that is wrong.
  package init(text: String) throws {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let both = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard both.count == 2, let kind = Kind(rawValue: both[0]) else {
        let kinds = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw UnitError(expected: "a fault and its share", found: String(part), remedy: "write reset=1%, or another of \(kinds)")
      }
      self[kind] = try Share(text: both[1]).fraction
    }
  }

  package var description: String {
    Kind.allCases.filter { self[$0] > 0 }.map { "\($0.rawValue)=\(self[$0] * 100)%" }.joined(separator: ",")
  }
}
