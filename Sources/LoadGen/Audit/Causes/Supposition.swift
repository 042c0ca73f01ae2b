/// A cause that may be the true one, and what a run would look like without it.
struct Supposition {
  let cause: Cause
  /// The run as it would be without the defect: in each of these nothing may be contradicted.
  var runs: [AuditedRun]
  /// Further checks, of what is bounded otherwise with the defect than without it.
  var checks: [AuditCheck] = []
  /// The checks that must have been able to find something, by name.
  var tested: [String] = []
  /// The checks that the defect itself breaks, by name: every other one that is contradicted must be able to find nothing wrong with it.
  var broken: Set<String> = []
  /// Whether it says enough to be named. What does not only shows that something else is not alone.
  var isTelling = true

  /// Whether, with it, everything that the target said can be true.
  /// - Parameter contradicted: the names of the checks that are contradicted without it. What it makes uncheckable, it does not explain.
  func holds(explaining contradicted: Set<String>) -> Bool {
    guard checks.allSatisfy({ $0.verdict == .consistent }) else { return false }
    var unexplained = contradicted.subtracting(broken).union(tested)
    for check in checks { unexplained.remove(check.name) }
    for run in runs {
      for check in Audit(run).checks {
        switch check.verdict {
        case .contradicted, .unexplained: return false
        case .consistent: unexplained.remove(check.name)
        case .notCheckable: break
        }
      }
    }
    return unexplained.isEmpty
  }
}
