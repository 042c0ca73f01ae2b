import LoadRun
import Testing

@testable import LoadReports
@testable import LoadStudy

@Suite("HTML capacity")
struct HTMLCapacityTests {
  private static let parts = PageParts(elements: ["a"], attributes: ["href"])

  @Test("Whatever was found, the page is well-formed, holds only our own elements, and is drawn by numbers", arguments: [0, 1, 4, 30, 300])
  func wellFormed(trials: Int) {
    for seed in 0..<12 as Range<UInt64> {
      var random = RandomCapacity(seed: seed)
      let capacity = random.capacity(trials: trials)
      let page = HTMLCapacity.render(capacity)
      Self.parts.expect(in: page, "\(seed)")
      for link in XMLTree(page).elements.compactMap({ $0.attributes["href"] }) {
        #expect(link.wholeMatch(of: /trials\/[0-9]+\/report\.html/) != nil, "\(link)")
      }
      #expect(!page.contains("<script"))
    }
  }

  @Test("The answer comes first, as every report says it, and then what it rests on")
  func answer() throws {
    let capacity = SampleCapacity(atLeast: 50).capacity()
    let answer = CapacityAnswer(capacity)
    let body = try #require(HTMLCapacity.render(capacity).split(separator: "<body>").last)
    let words = [
      "class=\"verdict\">\(answer.word)<", answer.subject, "50/s is shown to be held", "<h2>Over the rate", "id=\"goal-1-t\"",
      "id=\"backlog-growth-t\"", "<h2>Rates", "<h2>Trials",
    ]
    let places = try words.map { word in try #require(body.firstRange(of: word), "\(word)").lowerBound }
    #expect(places == places.sorted())
    let text = XMLTree(HTMLCapacity.render(capacity)).text
    for sentence in answer.sentences { #expect(text.contains(sentence), "\(sentence)") }
  }

  @Test("A script as a goal's, an obstacle's or a trial's text is shown as text")
  func crossSiteScripting() {
    let attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    var sample = SampleCapacity(goals: [attack], outcome: .failed, end: .target, obstacle: attack)
    sample.trials = [SampleCapacity.trial(1, 10, 1, 2, .upper, growth: 1, goal: attack, text: attack, place: attack)]
    let page = HTMLCapacity.render(sample.capacity())
    #expect(!page.contains("<script") && !page.contains("<img"))
    let tree = XMLTree(page)
    #expect(tree.error == nil && Set(tree.elements.map(\.name)).isSubset(of: Self.parts.elements))
    #expect(tree.text.contains(attack))
  }

  @Test("The page loads nothing, and links to nothing but its trials' own reports, beside it")
  func offline() {
    var sample = SampleCapacity()
    sample.trials.append(SampleCapacity.trial(6, 70, 1, 2, .upper, growth: 0, place: nil))
    let page = HTMLCapacity.render(sample.capacity())
    #expect(!page.contains(/<[^>]*(\ssrc=|url\(|@import|xlink)/) && page.contains("default-src 'none'"))
    let links = XMLTree(page).elements(named: "a").compactMap { $0.attributes["href"] }
    #expect(links == (1...5).map { "trials/\($0)/report.html" })
  }

  @Test("Each trial is drawn by what it is sure of, with its interval; what is far above the limit, and what has no end, is seen to be so")
  func points() {
    let page = HTMLCapacity.render(SampleCapacity().capacity())
    let chart = page.split(separator: "<figure").first { $0.contains("goal-1-t") } ?? ""
    #expect(chart.matches(of: /<title>trial [0-9]/).count == 5)
    #expect(chart.matches(of: /<circle class="dot good" cx="[0-9.]+" cy="[0-9.]+" r="3.4">/).count == 2)
    #expect(chart.matches(of: /<circle class="ring warn" cx/).count == 2)
    // One of the rings is the legend's. Trial 2 is beyond the axis: an arrow. Trial 4 has no upper end: an open stroke, and a diamond at its lower end.
    #expect(chart.contains("l5 9h-10z\"><title>trial 2, 80/s: ") && chart.contains(">higher</span>"))
    let stroke = /<path class="open ink" d="M[0-9.]+ [0-9.]+V10"/
    #expect(chart.contains(stroke) && chart.contains("l-5 -5z\"><title>trial 4, 67/s: "))
    #expect(chart.contains("zone held") && chart.contains("line broken") && chart.contains("limit 350ms"))
    #expect(chart.contains("held, up to 56/s") && chart.contains("broken from 67/s on") && chart.contains("best estimate, 61.5/s"))
  }

  @Test("A goal that is no percentile has its column and no chart")
  func noPercentile() {
    var sample = SampleCapacity(goals: ["errors.rate<1%"])
    sample.trials = [SampleCapacity.trial(1, 10, 0.001, 0.001, .lower, growth: 0, goal: "errors.rate<1%")]
    let page = HTMLCapacity.render(sample.capacity())
    #expect(!page.contains("id=\"goal-1-t\"") && page.contains("id=\"backlog-growth-t\""))
    #expect(page.contains("data-label=\"errors.rate&lt;1%\""))
  }

  @Test("A trial that came down from an overload, and one that was warming up, say so; the first has no point")
  func notes() {
    var sample = SampleCapacity()
    sample.trials[0].warmUp = 3
    sample.trials[2].isWarmingUp = true
    (sample.trials[4].descendsFrom, sample.trials[4].goals) = (100, [])
    let page = HTMLCapacity.render(sample.capacity())
    for words in ["warm-up 3.00s longer", "still warming up: it counts for nothing", "came down from 100/s"] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(page.matches(of: /<title>trial 5, 60\/s/).isEmpty && page.matches(of: /<title>trial 3, 56\/s/).count == 2)
  }

  @Test("A search without any trial is still a page")
  func empty() {
    let sample = SampleCapacity(held: nil, broken: nil, outcome: .interrupted, end: .interrupted, trials: [])
    let tree = XMLTree(HTMLCapacity.render(sample.capacity()))
    #expect(tree.error == nil && tree.elements(named: "figure").isEmpty && tree.text.contains("can't tell"))
  }
}
