import ArgumentParser
import LoadRun

/// What becomes of a result: it is shown and written, one step after another, and a step that fails keeps none of the others from being tried.
struct Publication {
  /// What is said of the result, and whether it could be shown and written.
  private var outcomes: [Outcome]

  init(_ outcomes: [Outcome]) { self.outcomes = outcomes }

  /// Takes a step; one that fails is noted on standard error.
  mutating func attempt(_ step: () throws -> Void) {
    do { try step() } catch {
      Console.note("\(error)")
      outcomes.append(.failed)
    }
  }

  /// - Throws: `ExitCode` where the result is not that all is well, or a step failed.
  func end() throws {
    let code = Decision(outcomes).exitCode
    if code != 0 { throw ExitCode(Int32(code)) }
  }
}
