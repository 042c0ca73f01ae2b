extension Dialect {
  /// The dialects that need no file, each under a different name.
  public static let builtIn: [Dialect] = [.standard, .basicAuth, .parallel, .sequential, .marketplace, .fcfs]

  /// `nil` where no built-in dialect has this name.
  public static func builtIn(named name: String) -> Dialect? {
    builtIn.first { $0.name == name }
  }
}

extension Dialect.Assumptions {
  /// What holds for order-server: one process, which puts back what it was processing when it is started again.
  static let ofOrderServer = Self(requeue: .onRestart)
}

extension [Dialect.Figure] {
  /// One count for each status, at the field that `field` gives for it. Cancelled and failed orders count as 0 where their field is
  /// missing: the APIs that use this omit those two while there are none.
  static func counts(at field: (OrderStatus) -> FieldPath) -> [Dialect.Figure] {
    counts(.simple, at: field) + counts(.uncommon, at: field, missingIsZero: true)
  }

  /// One count for each of these statuses, at the field that `field` gives for it.
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
  /// The statuses of an order that is never cancelled and never fails: every API counts these.
  static let simple: [OrderStatus] = [.pending, .processing, .completed]

  /// The other two ends, which orders of many APIs never reach.
  static let uncommon: [OrderStatus] = [.cancelled, .failed]
}

extension String {
  fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
