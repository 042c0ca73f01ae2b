import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

/// `loadgen self-test`: random runs in virtual time, checked against the truth.
struct SelfTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "self-test",
    abstract: "Makes random runs in virtual time, where the truth is known, and holds everything that loadgen says against it.",
    discussion: """
      Examples:
        loadgen self-test                   a thousand runs, from seed 0
        loadgen self-test --seed 4711       one run, again
        loadgen self-test --from 5000 --runs 10000
        loadgen self-test --duration 1h     as many runs as fit into an hour

      Every run has a load, policies, a system and faults of its own, all drawn from its seed. Whatever they are: no order may be forgotten or
      told of twice, every range must hold the truth, and a truthful system must not be contradicted. A seed that finds otherwise is named with
      the command that repeats it, and the exit code is 1.
      """)

  @Option(help: "Only the run of this seed.") var seed: UInt64?
  @Option(help: "The first seed (0).") var from: UInt64?
  @Option(help: "How many runs (1000, unless --duration is given).") var runs: Int?
  @Option(help: "For how long, as in 10m.") var duration: String?
  @Flag(help: "Stops at the first run that fails.") var failFast = false
  @Flag(help: "Nothing but what was found.") var quiet = false

  func run() async throws {
    if seed != nil, from != nil || runs != nil || duration != nil {
      throw ConfigurationError("--seed is one run: leave --from, --runs and --duration out")
    }
    if let runs, runs < 1 { throw ConfigurationError("--runs \(runs): make at least one") }
    let interrupts = Interrupts.trapped(consequence: "ending after this run")
    defer { interrupts.release() }
    let end = try duration.map { text throws(ConfigurationError) in
      do { return ContinuousClock.now + (try Duration(text: text)) } catch { throw ConfigurationError("--duration: \(error)") }
    }
    let first = seed ?? from ?? 0
    let most = seed == nil ? runs ?? (end == nil ? 1_000 : .max) : 1
    var failed = 0
    var made = 0
    while made < most, end.map({ ContinuousClock.now < $0 }) ?? true, !interrupts.isInterrupted {
      let (seed, overflow) = first.addingReportingOverflow(UInt64(made))
      guard !overflow else { break }
      made += 1
      if try !passes(seed) { failed += 1 }
      if failFast, failed > 0 { break }
      if !quiet, made.isMultiple(of: 1_000), made < most { print("\(made) runs, \(failed) failed") }
    }
    print("\(made) random run\(made == 1 ? "" : "s") from seed \(first): \(failed == 0 ? "all held" : "\(failed) failed")")
    if failed > 0 { throw ExitCode(1) }
    if interrupts.isInterrupted { throw ExitCode(Int32(Outcome.interrupted.exitCode)) }
  }

  private func passes(_ seed: UInt64) throws -> Bool {
    let run = try RandomRun(seed: seed)
    let findings = try RunFindings(run).all
    guard !findings.isEmpty else { return true }
    print("seed \(seed) failed; again with: loadgen self-test --seed \(seed)")
    for finding in findings.prefix(5) { print("  \(finding)") }
    print("  the run: \(run)")
    return false
  }
}
