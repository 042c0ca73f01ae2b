/// A create that is answered otherwise than it was done.
public enum CreateFault: Sendable, Hashable {
  /// Stored, and answered with 500.
  case storedThough500
  /// Stored, and refused as invalid.
  case storedThoughRefused
  /// Answered with 201 and an id, and not stored.
  case missingThough201
}

extension CreateFault: FaultFamily {
  var words: String {
    switch self {
    case .storedThough500: "stored-500"
    case .storedThoughRefused: "stored-refused"
    case .missingThough201: "missing-201"
    }
  }

  static let forms: [FaultForm<CreateFault>] = [
    FaultForm("stored-500", .storedThough500, "stored, though answered with 500"),
    FaultForm("stored-refused", .storedThoughRefused, "stored, though refused as invalid"),
    FaultForm("missing-201", .missingThough201, "not stored, though answered with 201"),
  ]
}
