import Foundation
import Testing

@testable import LoadStatistics

@Suite("Statistics, held against SciPy and Apache Otava")
struct StatisticsOracleTests {
  private typealias Question = StatisticsOracle.Question

  private static func isNear(_ ours: Double, _ theirs: Double?, _ error: Double = 1e-8) -> Bool {
    guard let theirs else { return false }
    return abs(ours - theirs) <= error * max(1, abs(theirs))
  }

  /// Asks for as many cases as there are seeds, and compares each answer.
  private static func ask(
    _ seeds: Range<UInt64>, _ question: (inout Dice) -> Question, _ compare: (Question, [Double?], Comment) throws -> Void
  ) throws {
    let questions = seeds.map { seed in
      var dice = Dice(seed: seed)
      return question(&dice)
    }
    for (seed, (question, answer)) in zip(seeds, zip(questions, try StatisticsOracle.answers(questions))) {
      try compare(question, answer, "seed \(seed): \(question), \(answer)")
    }
  }

  private static func sample(_ dice: inout Dice, _ sizes: ClosedRange<Int>) -> [Double] {
    dice.pick([Sample.gaussian, .laplace, .mixedScales]).draw(dice.int(sizes), &dice)
  }

  @Test("Student's quantiles and probabilities are SciPy's", arguments: Seeds.blocks(600, of: 600))
  func student(seeds: Range<UInt64>) throws {
    try Self.ask(seeds) { dice in
      let p = dice.chance(0.5) ? dice.uniform() : pow(10, -8 * dice.uniform())
      return Question(ask: "t", values: [p, 3 * dice.gaussian()], p: pow(10, -0.3 + 6 * dice.uniform()))
    } _: { question, answer, comment in
      #expect(Self.isNear(StudentT.quantile(question.values[0], degrees: question.p), answer[0]), comment)
      #expect(Self.isNear(StudentT.cdf(question.values[1], degrees: question.p), answer[1], 1e-10), comment)
    }
  }

  @Test("Student's and Welch's intervals and the test of two means are SciPy's", arguments: Seeds.blocks(200, of: 200))
  func means(seeds: Range<UInt64>) throws {
    func near(_ interval: ClosedRange<Double>?, _ answer: [Double?]) -> Bool {
      guard let interval else { return false }
      let scale = 1e-9 * (1 + interval.upperBound - interval.lowerBound)
      return Self.isNear(interval.lowerBound, answer[0], scale) && Self.isNear(interval.upperBound, answer[1], scale)
    }
    try Self.ask(seeds) { dice in
      Question(ask: "welch", values: Self.sample(&dice, 2...30), others: Self.sample(&dice, 2...30), p: dice.pick([0.5, 0.95, 0.99]))
    } _: { question, answer, comment in
      #expect(near(StudentT.welch(question.values, question.others, confidence: question.p), answer), comment)
    }
    try Self.ask(seeds) { dice in
      Question(ask: "mean", values: Self.sample(&dice, 2...30), p: dice.pick([0.5, 0.95, 0.999]))
    } _: { question, answer, comment in
      #expect(near(StudentT.interval(of: question.values, confidence: question.p), answer), comment)
    }
    try Self.ask(seeds) { dice in
      Question(ask: "pooled", values: Self.sample(&dice, 2...30), others: Self.sample(&dice, 1...30).map { $0 + dice.gaussian() })
    } _: { question, answer, comment in
      #expect(Self.isNear(StudentT.pValue(question.values, question.others), answer[0]), comment)
    }
  }

  @Test(
    "Just inside of a sign-flip interval SciPy's permutation test keeps the centre, and just outside it does not",
    arguments: Seeds.blocks(80, of: 80))
  func flips(seeds: Range<UInt64>) throws {
    func interval(_ question: Question) throws -> ClosedRange<Double> {
      try #require(SignFlip.interval(of: question.values, confidence: question.p))
    }
    try Self.ask(seeds) { dice in
      var question = Question(
        ask: "flips", values: dice.pick(Sample.allCases).draw(dice.int(8...11), &dice), p: dice.pick([0.9, 0.95, 0.99]))
      guard let interval = SignFlip.interval(of: question.values, confidence: question.p) else { return question }
      let little = 1e-7 * (interval.upperBound - interval.lowerBound)
      for end in [interval.lowerBound, interval.upperBound] { question.others += [end - little, end + little] }
      return question
    } _: { question, answer, comment in
      let tested = answer.compactMap(\.self)
      try #require(tested.count == 4)
      let error = (1 - question.p) * (1 + 1e-9)
      #expect(tested[0] <= error && tested[3] <= error, comment)
      #expect(tested[1] > error && tested[2] > error, comment)
    }
  }

  @Test(
    "Ranks are those of SciPy's quantile test, and of many values those at which the binomial tails say so",
    arguments: Seeds.blocks(150, of: 150))
  func ranks(seeds: Range<UInt64>) throws {
    try Self.ask(seeds) { dice in
      Question(
        ask: "ranks", values: [Double(dice.int(2...600)), dice.pick([0.5, 0.9, 0.99, dice.uniform()])], p: dice.pick([0.8, 0.95, 0.99]))
    } _: { question, answer, comment in
      let ranks = QuantileRanks(of: Int(question.values[0]), quantile: question.values[1], confidence: question.p)
      // Where only one end is to be had, SciPy tells that one.
      guard let lower = answer[0], let upper = answer[1] else { return #expect(ranks == nil, comment) }
      #expect(ranks?.lower == Int(lower) && ranks?.upper == Int(upper), comment)
    }
    try Self.ask(seeds) { dice in
      let (count, p) = (Int(pow(10, 2.6 + 6.4 * dice.uniform())), dice.pick([0.5, 0.9, 0.99, 0.05]))
      guard let ranks = QuantileRanks(of: count, quantile: p, confidence: 0.95) else {
        return Question(ask: "tails", values: [1, 0.5, 0, 0, 0, 0])
      }
      let ks = [ranks.lower - 1, ranks.lower, ranks.upper, ranks.upper - 1].map(Double.init)
      return Question(ask: "tails", values: [Double(count), p] + ks)
    } _: { _, answer, comment in
      let tails = answer.compactMap(\.self)
      try #require(tails.count == 8)
      #expect(tails[0] <= 0.025 * (1 + 1e-7) && tails[2] > 0.025 * (1 - 1e-7), comment)
      #expect(tails[5] <= 0.025 * (1 + 1e-7) && tails[7] > 0.025 * (1 - 1e-7), comment)
    }
  }

  @Test("The stake against a median is what SciPy's beta functions make it", arguments: Seeds.blocks(200, of: 200))
  func stake(seeds: Range<UInt64>) throws {
    try Self.ask(seeds) { dice in
      let count = Int(pow(10, 4 * dice.uniform()))
      return Question(ask: "stake", values: [Double(dice.int(count / 2...count)), Double(count)])
    } _: { question, answer, comment in
      #expect(Self.isNear(SignMixture.logarithm(above: Int(question.values[0]), of: Int(question.values[1])), answer[0]), comment)
    }
  }

  @Test("The split with the greatest energy is Otava's", arguments: Seeds.blocks(100, of: 100))
  func energy(seeds: Range<UInt64>) throws {
    try Self.ask(seeds) { dice in
      Question(ask: "energy", values: dice.pick([Sample.gaussian, .laplace, .cauchy]).draw(dice.int(2...60), &dice))
    } _: { question, answer, comment in
      let split = try #require(EnergySplit(question.values[...]))
      #expect(split.index == answer[0].map { Int($0) } && Self.isNear(split.energy, answer[1]), comment)
    }
  }

  @Test("Change points are Otava's, but for those that hardly hold without a single value", arguments: Seeds.blocks(150, of: 150))
  func changes(seeds: Range<UInt64>) throws {
    // One that is found on one side alone moves what its neighbours are judged by, so that now and then two part there, too.
    var (common, fewer, parted) = (0, 0, 0)
    try Self.ask(seeds) { dice in
      var (series, level): ([Double], Double) = ([], 100)
      for _ in 0...dice.int(0...3) {
        series += dice.pick([Sample.gaussian, .laplace]).draw(dice.int(5...60), &dice).map { $0 + level }
        level += dice.pick([-9, -6, -3, 3, 6, 9])
      }
      return Question(ask: "changes", values: series, p: 0.001)
    } _: { question, answer, _ in
      let numbers = answer.compactMap(\.self)
      let theirs = stride(from: 0, to: numbers.count, by: 2).map { (index: Int(numbers[$0]), p: numbers[$0 + 1]) }.sorted {
        $0.index < $1.index
      }
      let ours = ChangePoints.find(in: question.values)
      parted += ours.count { point in !theirs.contains { $0.index == point.index } }
      let bounds = [0] + theirs.map(\.index) + [question.values.count]
      // Which of them rest on a single value, or hardly hold without it, of the parts that Otava leaves.
      let weak = theirs.indices.map { place in
        ChangePoint(theirs[place].index, in: bounds[place]..<bounds[place + 2], of: question.values, confidence: 0.95).pValue >= 0.001
      }
      for (place, point) in theirs.enumerated() {
        if ours.contains(where: { $0.index == point.index }) {
          common += 1
        } else {
          fewer += 1
          // When such a one falls, its neighbours are judged by longer parts.
          if !(max(0, place - 1)...min(weak.count - 1, place + 1)).contains(where: { weak[$0] }) { parted += 1 }
        }
      }
    }
    #expect(
      common > 150 && fewer < common / 5 && parted <= common / 20,
      "\(common) of both, \(fewer) of Otava alone, \(parted) for no reason of their own")
  }
}
