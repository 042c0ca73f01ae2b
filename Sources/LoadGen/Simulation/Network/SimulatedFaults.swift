import Shared

/// What goes wrong on the way to the simulated system and at its front: for each kind, its chance at each request or connection.
package struct SimulatedFaults: Sendable, Equatable {
  /// The raw value is its name on the command line.
  enum Kind: String, Sendable, CaseIterable {
    /// A connection is refused.
    case refused
    /// The connection or the request is never answered.
    case vanished
    /// The connection breaks before the request arrives.
    case reset
    /// The request is carried out, and then the connection breaks.
    case lostAnswer = "lost-answer"
    /// The request takes the whole request timeout longer to arrive, and is carried out nonetheless.
    case late
    /// The connection is closed after the answer.
    case closed
    /// The system closes an idle connection, and the client hears of it only later.
    case staleClose = "stale-close"
    /// A create is refused with 422.
    case rejected
    /// A create is answered with 500, with or without having made an order.
    case failed
    /// A create is acknowledged without an id, where the system chooses ids.
    case withoutID = "without-id"
    /// A poll or a reading of the metrics is answered with 503.
    case useless
    /// A poll is answered with a word that is none of the dialect's.
    case unknownWord = "unknown-word"
    /// A poll is answered with 404 although the order exists.
    case notFound = "not-found"
    /// A duplicate or invalid create makes a new order.
    case wronglyTaken = "wrongly-taken"
    /// A login is refused (401).
    case lockedOut = "locked-out"
  }

  /// By the place of the kind, from 0 to 1.
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
