import Foundation
import Testing

@testable import LoadStatistics

@Suite("A warm-up")
struct WarmUpTests {
  @Test("Of a series that is always alike nothing is cut off, whether it remembers or comes in bursts", arguments: [25, 60, 300])
  func alike(count: Int) {
    var cut = Share()
    for seed in 0..<600 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let series = seed % 3 == 0 ? dice.remembering(count, 0.8) : seed % 3 == 1 ? Sample.laplace.draw(count, &dice) : dice.bursting(count)
      cut.count(WarmUp(series).length > 0)
    }
    #expect(cut.isNoMore(than: 0.01), "\(cut)")
  }

  @Test("A slow beginning is cut off whole, and at most a tenth of the series more")
  func slow() {
    for seed in 0..<200 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let (count, slow) = (dice.int(60...400), Double(dice.int(5...35)) / 100)
      let length = Int(Double(count) * slow)
      let series = Sample.gaussian.draw(count, &dice).enumerated().map { $1 + ($0 < length ? 30 : 0) }
      let found = WarmUp(series)
      #expect(found.length >= length && found.length <= length + count / 10 + 1, "\(seed): \(found.length) of \(length)")
      #expect(!found.goesOn && !found.rises, "\(seed)")
    }
  }

  @Test("What is still getting faster in the middle goes on; what is still getting slower rises")
  func goesOn() {
    for seed in 0..<100 as Range<UInt64> {
      var dice = Dice(seed: seed)
      let count = dice.int(40...400)
      let falling = Sample.gaussian.draw(count, &dice).enumerated().map { $0 < count / 2 ? $1 + 30 + 6 * Double(count / 2 - $0) : $1 }
      #expect(WarmUp(falling).goesOn && !WarmUp(falling).rises, "\(seed)")
      #expect(WarmUp(falling.map { -$0 }).rises && !WarmUp(falling.map { -$0 }).goesOn, "\(seed)")
    }
  }

  @Test("Of next to nothing nothing is said", arguments: [[], [1], [1, 2, 3], Array(repeating: 5, count: 100), [.infinity, 1, .nan]])
  func little(series: [Double]) { #expect(WarmUp(series).length == 0) }
}
