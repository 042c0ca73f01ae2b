/// A cause that may be the true one, and what a run would look like without it.
struct Supposition {
  let cause: Cause
  /// The run as it would be without the defect: in each of these nothing may be contradicted.
  var runs: [AuditedRun]
  /// Further checks, of what is bounded otherwise with the defect than without it.
  var checks: [AuditCheck] = []
  /// The checks that must have been able to find something, by name.
  var tested: [String] = []

  /// Whether, with it, everything that the target said can be true.
  var holds: Bool {
    guard checks.allSatisfy({ $0.verdict == .consistent }) else { return false }
    var untested = Set(tested)
    for run in runs {
      for check in Audit(run).checks {
        switch check.verdict {
        case .contradicted, .unexplained: return false
        case .consistent: untested.remove(check.name)
        case .notCheckable: break
        }
      }
    }
    return untested.isEmpty
  }
}
