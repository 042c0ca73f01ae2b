import LoadRun
package import LoadStudy

/// The capacity as JUnit XML: a test case for the rate that is to be held, and one more where the search ended otherwise than well.
package enum JUnitCapacity {
  package static func render(_ capacity: Capacity) -> String {
    let cases = [held(capacity), ending(capacity)].compactMap(\.self)
    return JUnit.document(
      name: "loadgen capacity", seconds: capacity.spent, startedAt: "", [JUnit.Suite(name: "capacity", cases: cases)])
  }

  /// Fails exactly where the exit code is 99. Where the search was cut short before it could tell, there is nothing to fail.
  private static func held(_ capacity: Capacity) -> JUnit.Case {
    let answer = CapacityAnswer(capacity)
    let result: JUnit.Case.Result =
      if capacity.exitCode == Outcome.threshold.exitCode {
        .failed(answer.text, kind: "capacity")
      } else if capacity.isShown ?? (capacity.feasibleMax != nil) {
        .passed
      } else {
        .skipped(answer.text)
      }
    return JUnit.Case(name: CapacityAnswer.claim(capacity), result: result, output: "\(answer.word): \(answer.text)")
  }

  /// Covers outcomes that are not about the rate; `nil` where there are none.
  private static func ending(_ capacity: Capacity) -> JUnit.Case? {
    let others = capacity.outcomes.filter { $0 != .threshold && $0 != .passed }.map(\.rawValue)
    guard !others.isEmpty else { return nil }
    return JUnit.Case(
      name: "the search was carried through",
      result: .failed(CapacityAnswer(capacity).text, kind: others.joined(separator: ",")),
      output: "\(capacity.verdict.rawValue), exit code \(capacity.exitCode)")
  }
}
