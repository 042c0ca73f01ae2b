/// A wrong id in the answer to a create. Where clients choose the ids, each order keeps its own, and only the answer tells the other.
public enum IDFault: Sendable, Hashable {
  /// Two successive creates are each told the other's id. The first of them is told an id that there is only with the second.
  case swapped
  /// The id of an earlier order is told once more. The new one has an id that nobody is told.
  case reused
}

extension IDFault: FaultFamily {
  var words: String {
    switch self {
    case .swapped: "swapped"
    case .reused: "reused"
    }
  }

  static let forms: [FaultForm<IDFault>] = [
    FaultForm("swapped", .swapped, "two successive creates are each told the other's id"),
    FaultForm("reused", .reused, "the id of an earlier order is told once more"),
  ]
}
