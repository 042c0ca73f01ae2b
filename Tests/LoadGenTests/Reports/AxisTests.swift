import Foundation
import Shared
import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("Axes")
struct AxisTests {
  /// Ranges of every size, with and without values below 0, in every unit.
  private struct Drawn {
    var values: [Double]
    var unit: FigureUnit

    init(seed: UInt64) {
      let random = SeededRandom(seed: seed)
      let unit = FigureUnit.allCases[Int(seed) % FigureUnit.allCases.count]
      self.unit = unit
      let size = pow(10, random.uniform(.orderContent, 0) * 30 - 13)
      let isBelow = random.bits(.orderContent, 1) % 4 == 0
      values = (2..<3 + random.bits(.orderContent, 2) % 9).map { part in
        let value = size * (random.uniform(.orderContent, part + 10) - (isBelow ? 0.4 : 0))
        return unit == .orders ? value.rounded() : value
      }
      // A range of one value, of nothing but zeros, and none at all.
      if seed % 11 == 0 { values = Array(repeating: values[0], count: values.count) }
      if seed % 13 == 0 { values = values.map { _ in 0 } }
      if seed % 17 == 0 { values = [] }
      if seed % 19 == 0 { values += [.nan, .infinity, -.infinity] }
    }
  }

  @Test(
    "Marks are distinct, in order, inside, say exactly where they stand, are whole for counts, and are below 0 only where a value is",
    arguments: 0..<50 as Range<UInt64>)
  func marks(hundred: UInt64) throws {
    for seed in hundred * 100..<hundred * 100 + 100 {
      let drawn = Drawn(seed: seed)
      let axis = Axis.values(drawn.values, drawn.unit)
      let domain = axis.scale.domain
      let labels = axis.marks.map(\.label)
      let what: Comment = "\(seed): \(drawn.values) \(drawn.unit): \(labels)"
      #expect((2...9).contains(labels.count), what)
      #expect(Set(labels).count == labels.count, what)
      // There is room for six at the left of a chart; what needs more is no figure of any run.
      let isUsual = finiteSize(drawn.values).map { (1e-4...1e12).contains($0) } ?? false
      #expect(labels.allSatisfy { $0.count <= (isUsual ? 6 : 8) }, what)
      let told = try labels.map { try #require(Self.value(of: $0, drawn.unit), what) }
      #expect(told == told.sorted(), what)
      let slack = (domain.upperBound - domain.lowerBound) * 1e-9
      #expect(told.allSatisfy { $0 >= domain.lowerBound - slack && $0 <= domain.upperBound + slack }, what)
      for (mark, value) in zip(axis.marks, told) { #expect(abs(mark.position - axis.scale(value)) < 1e-6, what) }
      if drawn.unit == .orders { #expect(told.allSatisfy { $0 == $0.rounded() }, what) }
      let finite = drawn.values.filter(\.isFinite)
      if finite.allSatisfy({ $0 >= 0 }) { #expect(domain.lowerBound == 0 && told.allSatisfy { $0 >= 0 }, what) }
      #expect(finite.allSatisfy { domain.contains($0) }, what)
    }
  }

  /// How far the values go on the one side of 0; `nil` where some are below.
  private func finiteSize(_ values: [Double]) -> Double? {
    let finite = values.filter(\.isFinite)
    return finite.contains { $0 < 0 } ? nil : finite.max()
  }

  @Test("Time runs from 0, in marks that clocks have, of which none runs into another", arguments: 0..<400 as Range<UInt64>)
  func time(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    let length = pow(10, random.uniform(.orderContent, 0) * 11 - 3)
    let axis = Axis.time(0...length)
    let told = try axis.marks.map { try #require(Self.value(of: $0.label, .seconds), "\(length): \($0.label)") }
    #expect((2...8).contains(told.count), "\(length): \(told)")
    #expect(told == told.sorted() && Set(told).count == told.count && told[0] == 0)
    for (mark, value) in zip(axis.marks, told) { #expect(abs(mark.position - axis.scale(value)) < 1e-6) }
    expectRoom(axis)
  }

  @Test(
    "The marks of an axis of nines do not run into one another, nor out of the chart", arguments: [1, 2, 9, 10, 99, 500, 10_000, 1_000_000])
  func nines(count: UInt64) {
    let axis = NinesAxis(count: count).axis
    #expect(axis.legible.count >= 2)
    expectRoom(axis)
  }

  private func expectRoom(_ axis: Axis) {
    var free = 0.0
    for (mark, anchor) in axis.legible {
      let width = Chart.width(of: mark.label)
      let start = anchor == "end" ? Chart.width - width : mark.position - width / 2
      #expect(start >= free - 2.5 && start + width <= Chart.width, "\(axis.legible)")
      free = start + width
    }
  }

  /// What a label says, read as a person would.
  static func value(of label: String, _ unit: FigureUnit) -> Double? {
    if label == "0" { return 0 }
    let sign = label.hasPrefix("-") ? -1.0 : 1
    let text = label.replacing("-", with: "", maxReplacements: label.hasPrefix("-") ? 1 : 0).replacing(",", with: "")
    func number(_ text: some StringProtocol) -> Double? {
      let factors: [(suffix: String, power: Int)] = [("k", 3), ("M", 6), ("G", 9), ("T", 12)]
      guard let factor = factors.first(where: { text.hasSuffix($0.suffix) }) else { return Double(String(text)) }
      return Double("\(text.dropLast())e\(factor.power)")
    }
    switch unit {
    case .orders, .perSecond, .number: return number(text).map { sign * $0 }
    case .share: return text.hasSuffix("%") ? number(text.dropLast()).map { sign * $0 / 100 } : nil
    case .seconds:
      var rest = Substring(text)
      var sum = 0.0
      let units = [("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]
      while !rest.isEmpty {
        let digits = rest.prefix { $0.isNumber || ".ekMGT-".contains($0) }
        rest = rest.dropFirst(digits.count)
        guard let unit = units.first(where: { rest.hasPrefix($0.0) }), let value = number(digits) else { return nil }
        rest = rest.dropFirst(unit.0.count)
        sum += value * unit.1
      }
      return sign * sum
    }
  }
}
