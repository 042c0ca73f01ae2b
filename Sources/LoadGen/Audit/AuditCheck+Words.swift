import Shared

/// What a check found, as a sentence for people.
extension AuditCheck {
  var sentence: String {
    switch verdict {
    case .contradicted:
      guard let worst = outside.filter(\.isContradicted).max(by: { $0.outsideBy < $1.outsideBy }) else { return vanishedWords }
      let verb = Self.isConformance(name) ? "were" : "was"
      return "\(subject(worst)) \(verb) \(told(worst.claim)) at \(Self.time(worst.at)), and must have been \(range(worst))"
        + "\(condition.map { ", if \($0)" } ?? "")\(scope)\(explanation.map { ". \($0)" } ?? "")"
    case .unexplained:
      guard let worst else { return "" }
      if isOfSample {
        return "\(name) was \(told(worst.claim)) at \(Self.time(worst.at)), and must have been \(range(worst)), "
          + "but for a chance of one in a billion, unless an order takes another time if it is polled more often\(scope)"
      }
      return
        "\(subject(worst)) was \(told(worst.claim)) at \(Self.time(worst.at)); with nobody else's \(unit == .orders ? "orders" : "requests") it must have been "
        + "\(range(worst))\(scope). Say --exclusive if nobody else sends orders"
    case .notCheckable:
      if samples.isEmpty, let vacuity { return vacuity }
      return samples.isEmpty
        ? "\(name) was never claimed while anything was known about it"
        : "\(name) could have been anything above the lower bound\(unboundedBecause.map { ": \($0)" } ?? "")"
    case .consistent:
      guard let resolution else { return "" }
      guard leastLie == nil else { return "a fall of \(amount(resolution)) would have been seen" }
      return "a lie of \(amount(resolution)) or more would have been seen\(whereSeen.map { " \($0)" } ?? elsewhere(than: resolution))"
    }
  }

  /// What else than the smallest lie of all would have been seen, if readings differ in that.
  private func elsewhere(than best: Double) -> String {
    let count = telling.count + unkept.count
    guard count > 1 else { return "" }
    // Of single orders only the one that tells most is kept.
    let all = unkept.count == 0 ? telling.map(\.resolution) : [nil]
    if all.allSatisfy({ $0.map { amount(whole($0)) } == amount(best) }) { return "" }
    let most = all.contains(nil) ? nil : all.compactMap(\.self).max()
    return " at the best of \(count) \(source.rawValue)\(most.map { ", and of \(amount(whole($0))) at any" } ?? "")"
  }

  private var vanishedWords: String {
    guard let first = vanished.first else { return "" }
    let all = samples.count + vanished.count
    let scope = all > 1 ? " (\(vanished.count) of \(all) readings)" : ""
    return "\(name) was \(first.found.words) at \(Self.time(first.at)), although \(first.reason)\(scope)"
  }

  /// What a claim is about.
  private func subject(_ sample: Sample) -> String { sample.subject ?? sample.order.map { "\(name) '\($0)'" } ?? name }

  /// The claim as the server wrote it; if that was in another unit, followed by the value in seconds.
  private func told(_ claim: Claim) -> String {
    Double(claim.text) == claim.value ? claim.text : "\(claim.text) (\(number(claim.value)))"
  }

  private var scope: String {
    guard let first = outside.first, samples.count + unkept.count > 1 else { return "" }
    let (outside, all) = (outside.count + unkept.outside, samples.count + unkept.count)
    return " (\(outside) of \(all) \(source.rawValue) outside, first at \(Self.time(first.at)))"
  }

  private func range(_ sample: Sample) -> String {
    let bounds = sample.bounds
    let lower = number(bounds.lower, from: sample.origin)
    guard let upper = bounds.upper else { return "at least \(lower)" }
    return bounds.lower == upper ? lower : "\(lower) to \(number(upper, from: sample.origin))"
  }

  private func amount(_ value: Double) -> String {
    switch unit {
    case .orders: "\(number(value)) order\(value == 1 ? "" : "s")"
    case .requests: "\(number(value)) request\(value == 1 ? "" : "s")"
    case .seconds: number(value)
    }
  }

  /// - Parameter origin: the number that the value is relative to.
  private func number(_ value: Double, from origin: Claim.Orders = 0) -> String {
    switch unit {
    case .orders, .requests: Claim.Orders(exactly: value).map { "\(origin + $0)" } ?? "\(value)"
    case .seconds: "\((value * 1e6).rounded() / 1e6) s"
    }
  }

  private static func time(_ instant: Instant) -> String { "\((instant.seconds * 100).rounded() / 100) s" }
}

extension Claims.Unread {
  /// Completes `it was …`.
  var words: String {
    switch self {
    case .nothing: "not there"
    case .null: "null"
    case .noNumber: "no number"
    case .several: "several numbers"
    case .noDocument: "gone with the whole document"
    }
  }
}
