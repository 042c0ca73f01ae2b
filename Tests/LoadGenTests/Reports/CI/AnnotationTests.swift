import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Annotations of a CI job")
struct AnnotationTests {
  private let job = GitHubJob(["GITHUB_ACTIONS": "true"])

  private func summary(_ change: (inout Summary) -> Void) -> Summary {
    var summary = SampleRun(rate: 20).summary()
    change(&summary)
    return summary
  }

  private func rule(_ number: Int, _ verdict: Summary.ThresholdVerdict) -> Summary.Threshold {
    Summary.Threshold(
      expression: "accept.p(\(number))<1ms", implicit: false, unit: .seconds, lower: 0.002, upper: 0.002, verdict: verdict, firstAt: nil,
      note: "")
  }

  @Test("A run that passed has none, and one that lies has its contradictions first, with their cause")
  func passedOrNot() throws {
    #expect(job.annotations(SampleRun().summary()).isEmpty)
    let lines = job.annotations(SampleRun(lie: 3).summary()).split(separator: "\n")
    #expect(try #require(lines.first).hasPrefix("::error title=Contradicted%3A total::The server claimed"), "\(lines)")
  }

  @Test(
    "What fails is an error, what only others can explain is a warning, and each level has ten at most, of which the last counts the rest")
  func levels() {
    let found = summary {
      $0.thresholds = (1...30).map { rule($0, $0.isMultiple(of: 2) ? .undecided : .fail) } + [rule(50, .pass)]
      for index in $0.audit.checks.indices { $0.audit.checks[index].verdict = .unexplained }
    }
    let list = Annotation.list(found)
    #expect(list.filter { $0.level == .error }.count == 10)
    #expect(list.first?.title == "Threshold failed: accept.p(1)<1ms" && list.first?.message == "p(1)=2.000ms", "\(list)")
    #expect(list.filter { $0.level == .error }.last?.message.hasPrefix("21 more of these") == true)
    #expect(list.contains { $0.level == .warning && $0.title.hasPrefix("Unexplained: ") })
    let many = summary { $0.audit.checks = Array(repeating: $0.audit.checks[0], count: 40) }
    #expect(Annotation.list(many).isEmpty)
    #expect(
      Annotation.list(summary { $0.thresholds = (1...10).map { rule($0, .fail) } }).map(\.title).last
        == "Threshold failed: accept.p(10)<1ms")
  }

  @Test("Why a run is not valid is an error where that decides, and a warning where it was asked to be one")
  func invalid() {
    func levels(_ outcomes: [Outcome]) -> [Annotation.Level] {
      let found = summary {
        $0.generator.valid = false
        $0.generator.reasons = ["its loop lagged", "it ran out of ports"]
        $0.outcomes = outcomes
      }
      return Annotation.list(found).filter { $0.title == "Not valid" }.map(\.level)
    }
    #expect(levels([.invalid]) == [.error, .error])
    #expect(levels([.passed]) == [.warning, .warning])
  }

  @Test("How a run ended is an error of its own", arguments: [Outcome.configuration, .interrupted, .failed])
  func endings(outcome: Outcome) {
    let found = Annotation.list(summary { $0.outcomes = [outcome] })
    #expect(found.first?.title == "Run: \(outcome.rawValue)" && found.first?.message.isEmpty == false)
  }

  @Test("Texts are escaped as the runner reads them, and end neither the command nor its properties")
  func escapes() {
    #expect(Annotation.data("100%\r\n::x, y") == "100%25%0D%0A::x, y")
    #expect(Annotation.property("a: 1%, b\n") == "a%3A 1%25%2C b%0A")
    let line = Annotation(.error, "a,file=/etc/passwd::b\n::error::c", "x\n::add-mask::y%0Az").line
    #expect(line == "::error title=a%2Cfile=/etc/passwd%3A%3Ab %3A%3Aerror%3A%3Ac::x ::add-mask::y%250Az")
  }

  @Test("Whatever the texts are, each annotation is a line, a command, and as the runner takes it", arguments: 0..<20 as Range<UInt64>)
  func hostile(seed: UInt64) {
    var random = RandomSummary(seed: seed)
    let summary = random.summary()
    let lines = job.annotations(summary).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == Annotation.list(summary).count && lines.count <= 20)
    for line in lines {
      #expect(line.wholeMatch(of: /::(error|warning) title=[^:,\r\n]*::[^\r\n]*/) != nil, "\(line)")
      #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } && line.count < 4_000)
    }
  }

  @Test(
    "Where no runner reads them there are none",
    arguments: [[:], ["GITHUB_ACTIONS": "false"], ["GITHUB_ACTIONS": ""], ["CI": "true"]] as [[String: String]])
  func nobody(environment: [String: String]) {
    #expect(GitHubJob(environment).annotations(SampleRun(lie: 3).summary()).isEmpty)
    #expect(GitHubJob(environment).summarise(SampleRun(rate: 5).summary()) == nil)
  }
}
