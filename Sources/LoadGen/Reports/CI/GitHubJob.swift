package import LoadRun
package import LoadStudy

/// The job of GitHub Actions that a program runs in, as its environment tells.
package struct GitHubJob: Sendable, Equatable {
  /// The file that the step's summary is appended to; `nil` where there is none.
  let summaryPath: String?
  /// Whether there is a runner that reads what is printed.
  let hasRunner: Bool

  package init(_ environment: [String: String]) {
    summaryPath = environment["GITHUB_STEP_SUMMARY"].flatMap { $0.isEmpty ? nil : $0 }
    hasRunner = environment["GITHUB_ACTIONS"] == "true"
  }

  /// Appends `report.md` to the step's summary, where there is one.
  /// - Returns: why that could not be done; `nil` where it was, or need not be.
  package func summarise(_ summary: Summary) -> String? { append(MarkdownReport.render(summary)) }

  /// Appends `compare.md` in the same way.
  package func summarise(_ comparison: Comparison) -> String? { append(MarkdownComparison.render(comparison)) }

  /// Appends `capacity.md` in the same way.
  package func summarise(_ capacity: Capacity) -> String? { append(MarkdownCapacity.render(capacity)) }

  private func append(_ text: String) -> String? {
    guard let summaryPath else { return nil }
    do {
      try StepSummary.append(text, to: summaryPath)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// What failed, as workflow commands, a line each; empty where nothing did, or nobody reads them.
  package func annotations(_ summary: Summary) -> String { lines(Annotation.list(summary)) }
  package func annotations(_ comparison: Comparison) -> String { lines(Annotation.list(comparison)) }
  package func annotations(_ capacity: Capacity) -> String { lines(Annotation.list(capacity)) }

  private func lines(_ annotations: [Annotation]) -> String { hasRunner ? annotations.map { $0.line + "\n" }.joined() : "" }

  /// Why a program ended before there was a run to report, as a workflow command; empty where nobody reads it.
  package func annotation(ofFailure text: String) -> String { lines([Annotation(.error, "loadgen", text)]) }
}
