import Foundation
import Shared
import Testing

@testable import LoadRun
@testable import LoadStudy

@Suite("The course of an A/B comparison")
struct ABCourseTests {
  /// Makes the runs of a course, each of which takes 10 s; a candidate's orders take `factor` times as long.
  private func finish(
    _ course: inout ABCourse, factor: Double, noise: Double = 0.002, isValid: (ABCourse.Step) -> Bool = { _ in true }
  ) throws -> [ABCourse.Step] {
    var steps: [ABCourse.Step] = []
    var draws = SystemRandomNumberGenerator()
    while let step = course.next, steps.count < 3_000 {
      let own = 1 + noise * (Double.random(in: -1...1, using: &draws))
      let summary = ComparedRuns.summary(
        seed: step.seed, began: Double(steps.count) * 10, factor: (step.side == .candidate ? factor : 1) * own
      ) { $0.generator.valid = isValid(step) }
      _ = try course.add(summary, place: "\(step.pair)-\(step.side)")
      steps.append(step)
    }
    return steps
  }

  @Test("Each pair has both sides and one seed of its own; which comes first is drawn, and is the same for the same seed")
  func order() throws {
    var course = ABCourse(seed: 7, .pairs(40), try ComparedRuns.gates("accept.p(50)"))
    let steps = try finish(&course, factor: 1)
    #expect(steps.count == 80 && course.pairs == 40)
    let pairs = stride(from: 0, to: 80, by: 2).map { (steps[$0], steps[$0 + 1]) }
    for (one, other) in pairs { #expect(one.side != other.side && one.seed == other.seed && one.pair == other.pair) }
    #expect(Set(steps.map(\.seed)).count == 40)
    let first = pairs.count { $0.0.side == .baseline }
    #expect((8...32).contains(first), "\(first)")
    var again = ABCourse(seed: 7, .pairs(40), try ComparedRuns.gates("accept.p(50)"))
    #expect(try finish(&again, factor: 1) == steps)
  }

  @Test("It ends once every gate is decided, and at the most pairs where one never is")
  func length() throws {
    let settings = try ComparedRuns.gates("accept.p(50)")
    var worse = ABCourse(seed: 1, .untilDecided(most: 30), settings)
    _ = try finish(&worse, factor: 1.5)
    #expect(worse.comparison?.gates.first?.verdict == .regressed && (5...12).contains(worse.pairs), "\(worse.pairs)")
    var equal = ABCourse(seed: 2, .untilDecided(most: 30), settings)
    _ = try finish(&equal, factor: 1)
    #expect(equal.comparison?.gates.first?.verdict == .equivalent && (5...12).contains(equal.pairs), "\(equal.pairs)")
    var noisy = ABCourse(seed: 3, .untilDecided(most: 12), settings)
    _ = try finish(&noisy, factor: 1.05, noise: 0.9)
    #expect(noisy.pairs <= 12)
  }

  @Test("A pair with a run that is not valid is made anew with another seed; after too many the comparison ends")
  func invalid() throws {
    let settings = try ComparedRuns.gates("accept.p(50)")
    var once: Set<UInt64> = []
    var course = ABCourse(seed: 1, .pairs(6), settings)
    let steps = try finish(&course, factor: 1) { step in
      // The candidate's first run of the third pair is not.
      if step.pair == 3, step.side == .candidate, once.isEmpty { once.insert(step.seed) }
      return !(step.side == .candidate && once.contains(step.seed))
    }
    #expect(course.pairs == 6 && course.discarded == 1 && (13...14).contains(steps.count), "\(steps.count)")
    #expect(Set(steps.map(\.seed)).count == 7)
    var never = ABCourse(seed: 1, .pairs(6), settings)
    let tried = try finish(&never, factor: 1) { _ in false }
    #expect(tried.count == ABCourse.patience + 1 && never.comparison == nil)
  }
}
