extension Dialect {
  /// The dialects that need no file, by name.
  public static let builtIn: [Dialect] = [.standard, .basicAuth, .parallel, .sequential, .marketplace, .fcfs]

  public static func builtIn(named name: String) -> Dialect? {
    builtIn.first { $0.name == name }
  }
}

extension [Dialect.Figure] {
  /// One count for each status under its word, for an API that leaves out what its original never knew where there is none of it:
  /// cancelled and failed orders.
  static func counts(at field: (OrderStatus) -> FieldPath) -> [Dialect.Figure] {
    counts(.simple, at: field) + counts(.uncommon, at: field, missingIsZero: true)
  }

  /// One count for each of these statuses, under its word.
  static func counts(_ statuses: [OrderStatus], at field: (OrderStatus) -> FieldPath, missingIsZero: Bool = false) -> [Dialect.Figure] {
    statuses.map { Dialect.Figure(.count($0), at: field($0), missingIsZero: missingIsZero) }
  }
}

extension StatusWords {
  /// The statuses' own names, with a capital.
  static let capitalised = StatusWords(Dictionary(uniqueKeysWithValues: OrderStatus.allCases.map { ($0, [$0.rawValue.capitalised]) }))

  /// The statuses' own names.
  static let plain = StatusWords(Dictionary(uniqueKeysWithValues: OrderStatus.allCases.map { ($0, [$0.rawValue]) }))
}

extension [OrderStatus] {
  /// What an order goes through where it is never cancelled and never fails: every API counts these.
  static let simple: [OrderStatus] = [.pending, .processing, .completed]

  /// The other ends: many APIs never come to them.
  static let uncommon: [OrderStatus] = [.cancelled, .failed]
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
