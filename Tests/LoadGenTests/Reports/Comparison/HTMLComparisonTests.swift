import LoadRun
import Testing

@testable import LoadReports
@testable import LoadStudy

@Suite("HTML comparison")
struct HTMLComparisonTests {
  private static let parts = PageParts(elements: ["ol", "li", "details", "summary"])

  private func drawn(_ seed: UInt64, gates: Int = 6, runs: Int = 5) -> Comparison {
    var random = RandomComparison(seed: seed)
    return random.comparison(gates: gates, runs: runs)
  }

  @Test(
    "Whatever the files say, the page is well-formed, holds only our own elements, and is drawn by numbers",
    arguments: [(1, 0), (1, 1), (3, 2), (5, 12), (12, 8), (2, 140)])
  func escapes(gates: Int, runs: Int) {
    for seed in 0..<8 as Range<UInt64> {
      Self.parts.expect(in: HTMLComparison.render(drawn(seed, gates: gates, runs: runs)), "\(seed)")
    }
  }

  @Test("A script in every place that comes from a file is shown as text")
  func crossSiteScripting() throws {
    let attack = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
    var comparison = drawn(1, gates: 2, runs: 3)
    func attacked(_ runs: [Comparison.Side.Run]) -> [Comparison.Side.Run] {
      runs.map { _ in
        Comparison.Side.Run(
          place: attack, id: attack, seed: attack, startedAt: attack, verdict: .fail, target: attack, version: attack,
          labels: [attack: attack])
      }
    }
    comparison.baseline.runs = attacked(comparison.baseline.runs)
    comparison.candidate.runs = attacked(comparison.candidate.runs)
    (comparison.forced, comparison.method.name) = ([attack], attack)
    for index in comparison.figures.indices { (comparison.figures[index].figure, comparison.figures[index].reason) = (attack, attack) }
    for index in comparison.curves.indices { comparison.curves[index].duration = attack }
    let page = HTMLComparison.render(comparison)
    #expect(!page.contains("<script") && !page.contains("<img"))
    let tree = XMLTree(page)
    #expect(tree.error == nil)
    #expect(Set(tree.elements.map(\.name)).isSubset(of: Self.parts.elements))
    #expect(tree.text.contains(attack))
  }

  @Test("The page needs nothing from elsewhere, and forbids it")
  func offline() {
    let page = HTMLComparison.render(drawn(2))
    #expect(!page.contains(/<[^>]*(\ssrc=|\shref=|url\(|@import|xlink)/))
    #expect(page.contains("default-src 'none'"))
  }

  @Test("Every chart and every bar says in words what it shows", arguments: 0..<12 as Range<UInt64>)
  func described(seed: UInt64) {
    let tree = XMLTree(HTMLComparison.render(drawn(seed)))
    let ids = Set(tree.elements.compactMap { $0.attributes["id"] })
    let drawings = tree.elements.filter { $0.name == "svg" && $0.attributes["role"] == "img" }
    #expect(!drawings.isEmpty)
    for drawing in drawings {
      let named = (drawing.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
      #expect(!(drawing.attributes["aria-label"] ?? "").isEmpty || named.count == 2 && named.allSatisfy(ids.contains), "\(drawing)")
    }
  }

  @Test("The verdict's word comes first, and each gate's verdict stands in the table of gates", arguments: 0..<24 as Range<UInt64>)
  func words(seed: UInt64) throws {
    let comparison = drawn(seed)
    let page = HTMLComparison.render(comparison)
    let headline = ComparisonHeadline(comparison)
    let body = try #require(page.split(separator: "<body>").last)
    let word = try #require(body.firstRange(of: ">\(headline.word)</p>")).lowerBound
    let heading = try #require(body.firstRange(of: "<h2>Gates")).lowerBound
    #expect(word < heading)
    let table = try #require(body[heading...].split(separator: "</table>").first)
    for verdict in ComparisonVerdict.allCases {
      let cells = table.matches(
        of: try Regex("<td class=\"long\" data-label=\"verdict\"><span class=\"\(verdict.style)\">\(verdict.rawValue)<"))
      #expect(cells.count == comparison.judgedGates.count { $0.verdict == verdict }, "\(verdict)")
    }
  }

  @Test("What is undecided is never shown as nothing changed, and the page says how many more pairs would tell")
  func undecided() throws {
    var comparison = drawn(3, gates: 1, runs: 4)
    comparison.method.unit = .pair
    (comparison.figures[0].verdict, comparison.figures[0].reason, comparison.figures[0].morePairs) = (.undecided, "it is too noisy", 7)
    comparison.figures[0].lower = FigureComparison.Span(estimate: 1.04, low: 0.9, high: 1.2)
    comparison.figures[0].upper = comparison.figures[0].lower
    let page = HTMLComparison.render(comparison)
    #expect(page.contains(">UNDECIDED</p>") && page.contains("One gate is undecided, which is not to say that nothing changed."))
    #expect(page.contains("About 7 more pairs would tell") && page.contains("it is too noisy"))
  }

  @Test("Bars of all gates have one axis: a change that is greater lies farther out, and what lies within the margin within its shade")
  func bars() throws {
    var comparison = drawn(4, gates: 3, runs: 2)
    (comparison.method.margin, comparison.method.shareMargin, comparison.method.unit) = (0.05, 0.001, .pair)
    let spans: [(FigureComparison.Span, ComparedFigure.Scale)] = [
      (FigureComparison.Span(estimate: 1.01, low: 0.99, high: 1.03), .ratio),
      (FigureComparison.Span(estimate: 1.2, low: 1.1, high: 1.3), .ratio),
      (FigureComparison.Span(estimate: 0.0002, low: -0.0005, high: 0.0009), .difference),
    ]
    for (index, span) in spans.enumerated() {
      (comparison.figures[index].lower, comparison.figures[index].upper, comparison.figures[index].scale) = (span.0, span.0, span.1)
    }
    let bars = ChangeBars(Array(comparison.gates), comparison.method)
    func ends(_ index: Int, _ pattern: Regex<(Substring, Substring, Substring)>) throws -> (Double, Double) {
      let match = try #require(bars.bar(comparison.figures[index]).text.firstMatch(of: pattern))
      return try (#require(Double(match.1)), #require(Double(match.2)))
    }
    let bar = /class="bar [a-z]+" d="M([0-9.]+) 12H([0-9.]+)"/
    let shade = /class="zone margin" x="([0-9.]+)" y="0" width="([0-9.]+)"/
    let (left, width) = try ends(0, shade)
    for index in [0, 2] {
      let (from, to) = try ends(index, bar)
      #expect(left < from && from < to && to < left + width, "\(index)")
    }
    let (near, far) = (try ends(0, bar), try ends(1, bar))
    #expect(far.0 > near.1 && far.0 > left + width && far.1 <= 240)
  }

  @Test("Fifty gates and a thousand runs of each side are a page that can be opened")
  func many() {
    let page = HTMLComparison.render(drawn(5, gates: 50, runs: 1_000))
    #expect(XMLTree(page).error == nil)
    #expect(page.utf8.count < 5_000_000)
    #expect(page.contains("… and 800 more, in compare.json"))
  }
}

extension String {
  /// Whether one of its words is what a number that is none is written as.
  var saysNoNumber: Bool {
    let odd: Set<[UInt8]> = [Array("nan".utf8), Array("inf".utf8), Array("infinity".utf8)]
    var word: [UInt8] = []
    for byte in utf8 {
      let letter: UInt8 = byte | 0x20
      if letter >= 0x61, letter <= 0x7A {
        word.append(letter)
      } else {
        if word.count <= 8, odd.contains(word) { return true }
        word.removeAll(keepingCapacity: true)
      }
    }
    return odd.contains(word)
  }
}
