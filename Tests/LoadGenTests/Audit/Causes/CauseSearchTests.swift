import Foundation
import Shared
import Testing

@testable import LoadRun

@Suite("The cause of a contradiction")
struct CauseSearchTests {
  /// What each lie may be called. Of most it is a single thing.
  private static let planted: [(fault: String, cause: Cause.Kind)] = [
    ("total=-1", .offset), ("total=+1", .offset), ("total=+10%", .scaled), ("total=fixed:7", .fixed), ("completed=-1", .offset),
    ("completed=+1%", .scaled), ("completed=never", .fixed), ("completed=twice", .countedTwice), ("completed=as:failed", .countedAs),
    ("pending=+1", .offset), ("pending=twice", .countedTwice), ("pending=never", .fixed), ("pending=as:processing", .countedAs),
    ("processing=+1", .offset), ("processing=twice", .countedTwice), ("processing=never", .fixed), ("processing=as:pending", .countedAs),
    ("failed=+1", .offset), ("cancelled=fixed:3", .fixed), ("figures=stale:20ms", .late), ("figures=stale:1s", .late),
    ("completed=stale:100ms", .late), ("averages=stale:1s", .late), ("figures=cached:300ms", .cached), ("figures=cached:2s", .cached),
    ("figures=reset:1s", .forgot), ("figures=per-process:2", .oneOfSeveral), ("figures=per-process:4", .oneOfSeveral),
    ("averages=+10%", .scaled), ("averages=+50%", .scaled), ("averages=truncated", .wholeSeconds), ("averages=rounded", .wholeSeconds),
    ("averages=unit:ms", .unit), ("averages=unit:m", .unit), ("averages=fixed:0.25", .fixed),
    ("average_processing=as:completion", .otherSpan), ("average_completion=as:processing", .otherSpan), ("averages=window:1s", .window),
    ("averages=pending-as-zero", .unfinishedAsZero), ("averages=median", .median), ("averages=without-slowest:1%", .withoutSlowest),
    ("averages=without-slowest:10%", .withoutSlowest), ("estimate=stale:1s", .late), ("processing=-1", .offset),
    ("averages=window:300ms", .window), ("total=-1:40%", .offset), ("completed=-2:50%", .offset),
  ]

  @Test("Of whatever lie it is named, it is the one that was told, but for one run in a hundred")
  func neverAnother() throws {
    var (named, others): (Int, [String]) = (0, [])
    for (fault, planted) in Self.planted {
      for seed in 0..<20 as Range<UInt64> {
        guard let cause = try LyingRun([fault], seed: seed).audited().cause else { continue }
        named += 1
        if cause.kind != planted { others.append("\(fault), seed \(seed): \(cause.words)") }
      }
    }
    #expect(named > 390)
    #expect(others.count * 100 <= Self.planted.count * 20, "\(others)")
  }

  @Test(
    "Lies that nothing else looks like are named in every run",
    arguments: [
      ("total=-3", Cause.Kind.offset), ("total=+10%", .scaled), ("total=fixed:7", .fixed), ("completed=twice", .countedTwice),
      ("completed=as:failed", .countedAs), ("figures=stale:1s", .late), ("averages=stale:1s", .late), ("figures=cached:900ms", .cached),
      ("figures=reset:1500ms", .forgot), ("figures=per-process:4", .oneOfSeveral), ("averages=unit:ms", .unit),
      ("averages=truncated", .wholeSeconds),
    ])
  func always(fault: String, kind: Cause.Kind) throws {
    for seed in 100..<112 as Range<UInt64> {
      let (verdict, cause) = try LyingRun([fault], seed: seed).audited()
      #expect(verdict == .contradicted && cause?.kind == kind, "seed \(seed): \(cause?.words ?? "no cause")")
    }
  }

  @Test("An honest system has none")
  func none() throws {
    for seed in 0..<20 as Range<UInt64> {
      let (verdict, cause) = try LyingRun([], seed: seed).audited()
      #expect(verdict == .consistent && cause == nil, "seed \(seed)")
    }
  }

  @Test(
    "Where two lies are told at once, neither explains everything, and none is named",
    arguments: [
      ["total=+10%", "averages=unit:ms"], ["figures=per-process:2", "averages=unit:ms"], ["figures=per-process:4", "averages=+900%"],
      ["figures=per-process:2", "total=+5"], ["figures=per-process:4", "total=+10%"], ["figures=stale:1s", "failed=+3"],
      ["completed=twice", "total=-3"], ["averages=fixed:9", "processing=+2"],
    ])
  func two(faults: [String]) throws {
    for seed in 0..<12 as Range<UInt64> {
      let (verdict, cause) = try LyingRun(faults, seed: seed).audited()
      #expect(verdict == .contradicted && cause == nil, "seed \(seed): \(cause?.words ?? "")")
    }
  }

  @Test("Whatever numbers a target tells, the search for their cause ends, and what was found can be written")
  func hostile() throws {
    let texts = ["-5", "-0.001", "-1e18", "1e308", "-1e308", "9007199254740993", "1e-320", "0", "2.5", "1e17", "-3"]
    for seed in 0..<60 as Range<UInt64> {
      var draws = Draws(SeededRandom(seed: seed), .randomRun)
      let (share, struck) = (draws.pick([0.1, 0.5, 1]), Dialect.Quantity.allCases.filter { _ in draws.chance(0.5) })
      let summary = try LyingRun([], seed: seed).summarised { claims, _ in
        for quantity in struck where draws.chance(share) { claims[quantity] = Claim(text: draws.pick(texts)) }
      }
      #expect(try JSONEncoder().encode(summary).count > 100, "seed \(seed)")
    }
  }

  @Test("Two figures that stand in each other's place are told from all else")
  func swapped() throws {
    for seed in 0..<12 as Range<UInt64> {
      let (verdict, cause) = try LyingRun([], seed: seed, change: { $0.system.failureRate = 0.3 }).audited { claims, _ in
        (claims[.count(.completed)], claims[.count(.failed)]) = (claims[.count(.failed)], claims[.count(.completed)])
      }
      #expect(verdict == .contradicted && cause?.kind == .swapped, "seed \(seed): \(cause?.words ?? "")")
      #expect(cause?.figures == ["status_counts.completed", "status_counts.failed"])
    }
  }

  @Test("Its words say how much, within what was seen")
  func words() throws {
    #expect(try LyingRun(["total=-3"], seed: 1).audited().cause?.words == "total_orders is always 3 too low")
    #expect(try LyingRun(["averages=unit:us"], seed: 1).audited().cause?.words.hasSuffix("told in microseconds") == true)
    let late = try #require(try LyingRun(["figures=stale:1500ms"], seed: 2).audited().cause)
    let told = try #require(late.words.wholeMatch(of: /every figure is told (\d\.\d+) s to (\d\.\d+) s late/))
    let (least, most) = (try #require(Double(told.1)), try #require(Double(told.2)))
    #expect(least <= 1.5 && 1.5 <= most && most - least < 0.2, "\(late.words)")
    let cached = try #require(try LyingRun(["figures=cached:700ms"], seed: 3).audited().cause)
    let range = try #require(cached.words.wholeMatch(of: /every answer is told again for a while, a time from (\d\.\d+) s to (\d\.\d+) s/))
    #expect(try #require(Double(range.1)) <= 0.7 && 0.7 <= #require(Double(range.2)), "\(cached.words)")
    #expect(cached.figures.isEmpty)
  }

  @Test("Orders that are counted nowhere are not said to be counted elsewhere, whether or not there is a total", arguments: [false, true])
  func nowhere(hasTotal: Bool) throws {
    for seed in 0..<20 as Range<UInt64> {
      let run = try LyingRun(["pending=never"], seed: seed) {
        $0.system.workers = 1
        $0.system.serviceTime = .fixed(.milliseconds(200))
      }
      let (verdict, cause) = try run.audited(untold: hasTotal ? [.count(.failed), .count(.cancelled)] : [.total])
      #expect(verdict == .contradicted && cause?.kind != .countedAs, "seed \(seed): \(cause?.words ?? "")")
    }
  }

  @Test("Counts of refused creates are told by those that were refused")
  func refused() throws {
    for seed in 0..<12 as Range<UInt64> {
      var counted = 0
      let run = try LyingRun([], seed: seed) { $0.system.faults[.rejected] = 0.2 }
      let (verdict, cause) = try run.audited { claims, refused in
        counted += 1
        guard let total = claims[.total]?.value else { return }
        claims[.total] = Claim(count: Int(total) + refused)
      }
      #expect(counted > 2 && verdict == .contradicted && cause?.kind == .refusedCounted, "seed \(seed): \(cause?.words ?? "")")
    }
  }

  @Test("Of more orders than are kept none is, since a part of them would prove nothing")
  func evidence() {
    var evidence = Evidence()
    let order = OrderHistory(index: 0, due: Instant(0), dispatched: Instant(0))
    for _ in 0..<Evidence.most { evidence.add(order, .completed, at: Instant(1)) }
    #expect(evidence.isComplete && evidence.orders.count == Evidence.most)
    var other = Evidence()
    other.add(order, .rejected, at: Instant(7))
    #expect(other.orders.first?.createReceived == Instant(7))
    other.merge(evidence)
    #expect(!other.isComplete && other.orders.isEmpty)
    evidence.add(order, .completed, at: Instant(1))
    #expect(!evidence.isComplete && evidence.orders.isEmpty)
    evidence.merge(Evidence())
    #expect(!evidence.isComplete)
  }
}
