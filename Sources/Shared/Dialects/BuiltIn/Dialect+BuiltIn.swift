extension Dialect {
  /// The dialects that need no file, by name.
  public static let builtIn: [Dialect] = [.standard, .basicAuth, .parallel, .sequential, .marketplace, .fcfs]

  public static func builtIn(named name: String) -> Dialect? {
    builtIn.first { $0.name == name }
  }
}

extension [Dialect.Figure] {
  /// One count for each of these statuses, under its word.
  static func counts(_ statuses: [OrderStatus], at field: (OrderStatus) -> FieldPath, missingIsZero: Bool = false) -> [Dialect.Figure] {
    statuses.map { Dialect.Figure(.count($0), at: field($0), missingIsZero: missingIsZero) }
  }
}

extension StatusWords {
  /// The words of an API in which orders are never cancelled and never fail.
  static let capitalised = StatusWords([.pending: ["Pending"], .processing: ["Processing"], .completed: ["Completed"]])

  /// The statuses' own names.
  static let plain = StatusWords(Dictionary(uniqueKeysWithValues: OrderStatus.allCases.map { ($0, [$0.rawValue]) }))
}

extension [OrderStatus] {
  /// What an order goes through where it is never cancelled and never fails.
  static let simple: [OrderStatus] = [.pending, .processing, .completed]
}
