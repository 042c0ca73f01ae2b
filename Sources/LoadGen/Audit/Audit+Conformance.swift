import Shared

extension AuditCheck {
  private static let conformance = [
    "duplicates taken", "invalid orders taken", "cancelled orders that went on", "orders with a shared id", wentBack, another, changed,
    anothersContent,
  ]
  fileprivate static let wentBack = "orders that went back"
  fileprivate static let changed = "ended orders that changed"
  fileprivate static let anothersContent = "orders with another's content"
  fileprivate static let another = "answers about another order"

  /// Whether the check of this name is about what the target did, instead of about a figure that it stated.
  package static func isConformance(_ name: String) -> Bool { conformance.contains(name) }
}

/// What the target must do whatever its figures say: refuse what has to be refused, and stand by what it said of single orders.
extension Audit {
  /// One check for each kind of traffic that was sent and that can go wrong in this way.
  /// - Parameter endsStay: whether an order that was seen to have ended must be seen so from then on.
  static func conformanceChecks(
    _ traffic: TrafficCounts, refusesDuplicates: Bool, endsStay: Bool, at end: Instant
  ) -> [AuditCheck] {
    var kinds = [
      Kind(
        .duplicate, "duplicates taken",
        refusesDuplicates ? "creates that were sent again and not refused" : "creates that were sent again and made another order"),
      Kind(.invalid, "invalid orders taken", "creates that had to be refused and were not"),
      Kind(
        .cancel, "cancelled orders that went on", "orders that were called cancelled and ended otherwise",
        vacuity: "no order was cancelled, so that none could go on"),
    ]
    if endsStay {
      kinds.append(
        Kind(
          .orderRead, AuditCheck.changed, "orders that had ended, and were in another status when they were read once more",
          vacuity: "no answer told an order's status",
          explanation: "If an order may still change after its end, as when it is refunded, say final: false in a dialect"))
    }
    return kinds.filter { traffic.kinds.contains($0.what) }.map { kind in
      var check = AuditCheck(name: kind.name, meaning: kind.meaning, unit: .orders)
      let count = traffic[kind.what]
      // Neither an unclear answer proves anything, nor a cancel that was refused because the order was no longer pending.
      if count.telling > 0, let claim = Claim(text: "\(count.contrary)") {
        check.add(AuditCheck.Sample(at: end, claim: claim, bounds: Bounds(lower: 0, upper: 0)))
      } else {
        check.vacuity = kind.vacuity
      }
      check.explanation = kind.explanation
      return check
    }
  }

  /// One kind of traffic that can go wrong, and the words for it.
  private struct Kind {
    let what: RequestKind
    let name, meaning: String
    /// Why nothing can be said where no answer told.
    let vacuity: String
    /// What it may be instead of a fault.
    let explanation: String?

    init(
      _ what: RequestKind, _ name: String, _ meaning: String, vacuity: String = "no answer told whether one was taken",
      explanation: String? = nil
    ) {
      (self.what, self.name, self.meaning, self.vacuity, self.explanation) = (what, name, meaning, vacuity, explanation)
    }
  }

  /// Checks that no order that was read whole had what was sent for another; `nil` if no answer had anything of the kind.
  static func contentCheck(own: Int, anothers: Int, at end: Instant) -> AuditCheck? {
    guard own + anothers > 0 else { return nil }
    var check = AuditCheck(
      name: AuditCheck.anothersContent, meaning: "orders that have what was sent for another, of \(own + anothers) that were read whole",
      unit: .orders)
    check.add(AuditCheck.Sample(at: end, claim: Claim(count: anothers), bounds: Bounds(lower: 0, upper: 0)))
    return check
  }

  /// Checks that no id was given to more than one order; `nil` if none was.
  static func sharedIDCheck(_ shared: SharedIDs, at end: Instant) -> AuditCheck? {
    let part = shared.isComplete ? "" : " (at least: there were too many ids to compare them all)"
    return noneCheck("orders with a shared id", "orders whose id another order was given, too\(part)", found: shared.orders, at: end)
  }

  /// Checks that no order went back into the queue when none can have; `nil` if none was seen to.
  static func wentBackCheck(_ count: Int, _ requeue: Dialect.Requeue, at end: Instant) -> AuditCheck? {
    let when = requeue == .onRestart ? ", on a connection that had stayed open" : ""
    var check = noneCheck(AuditCheck.wentBack, "orders that were seen processing, and later pending\(when)", found: count, at: end)
    if requeue == .onRestart {
      check?.explanation =
        "If a proxy or a load balancer stands before it, or it has several processes, a restart is not seen: say requeue: any in a dialect"
    }
    return check
  }

  /// Checks that every answer to a poll was about the order that was asked for; `nil` if all were, as far as they said.
  static func identityCheck(_ count: Int, at end: Instant) -> AuditCheck? {
    noneCheck(AuditCheck.another, "polls whose answer names another order than the one that was asked for", found: count, at: end)
  }

  /// A check of what there must be none of; `nil` if there was none.
  private static func noneCheck(_ name: String, _ meaning: String, found count: Int, at end: Instant) -> AuditCheck? {
    guard count > 0 else { return nil }
    var check = AuditCheck(name: name, meaning: meaning, unit: .orders)
    check.add(AuditCheck.Sample(at: end, claim: Claim(count: count), bounds: Bounds(lower: 0, upper: 0)))
    return check
  }

  /// Compares how long the target said that single orders took with what was observed of each.
  static func orderCheck(_ claims: OrderClaims, _ metrics: Dialect.OrderMetrics) -> AuditCheck {
    var check = AuditCheck(
      name: "\(metrics.field) of an order", meaning: "\(metrics.span.rawValue) time of one order", unit: .seconds)
    check.source = .orders
    check.mayBeTooEarly = true
    let shown = claims.outside.isEmpty ? [claims.tightest].compactMap { $0 } : claims.outside
    for sample in shown {
      guard let claim = Claim(text: sample.text, unit: metrics.unit) else { continue }
      check.add(
        AuditCheck.Sample(
          at: sample.at, claim: claim, range: sample.claim.lowerBound / 1e9...sample.claim.upperBound / 1e9,
          bounds: Bounds(lower: sample.bounds.lower / 1e9, upper: sample.bounds.upper.map { $0 / 1e9 }),
          order: sample.id?.text.beginning(bytes: 60)))
    }
    check.unkept = (claims.count - shown.count, max(0, claims.outsideCount - claims.outside.count))
    return check
  }
}
