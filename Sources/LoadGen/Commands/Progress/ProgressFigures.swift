import Foundation
import LoadReports
import LoadRun

/// What the progress line says. Its text depends on nothing but these values.
struct ProgressFigures: Sendable, Equatable {
  /// How the backlog has developed.
  enum Trend: Sendable {
    case growing, shrinking, steady
  }

  /// Seconds since the load began; `nil` before.
  var time: Double?
  /// Whether the time is that of a simulation.
  var isVirtual = false
  /// How many orders have been taken up, and how many there will be.
  var sent = 0
  var expected: Int?
  /// Creates per second during the last few seconds, and how many were asked for; `nil` where unknown.
  var rate: Double?
  var target: Double?
  /// How many orders have been acknowledged and have not ended.
  var backlog = 0
  /// How the backlog has developed during the last seconds; `nil` while that is unknown.
  var trend: Trend?
  var givenUp = 0
  var errors = 0
  /// In seconds; `nil` where there is no such value, or it is unbounded.
  var acceptP95: Double?
  /// Whether it is unbounded, because too many creates were never answered.
  var acceptIsUnbounded = false
  /// How long orders will still be sent, in seconds; `nil` where that is unknown.
  var timeLeft: Double?
  /// Whether no more orders are going to be due.
  var isDraining = false
}

extension ProgressFigures {
  private enum Part: CaseIterable {
    case time, rate, sent, backlog, errors, givenUp, accept, left
  }

  /// - Parameter width: how many columns it may take at most, for which the least important parts are left out; `nil`: any number.
  /// - Returns: a single line, each character of which takes one column.
  func text(width: Int? = nil) -> String {
    var parts = Set(Part.allCases)
    var text = line(parts, short: false)
    guard let width else { return text }
    var isShort = false
    for step in steps where text.count > width {
      switch step {
      case .shorten: isShort = true
      case .leaveOut(let part): parts.remove(part)
      }
      text = line(parts, short: isShort)
    }
    return String(text.prefix(max(0, width)))
  }

  private enum Step {
    case shorten
    case leaveOut(Part)
  }

  /// How the line is shortened, step by step. That nothing went wrong can be omitted first; what went wrong is among the last parts to go.
  private var steps: [Step] {
    var steps: [Step] = []
    if errors == 0 { steps.append(.leaveOut(.errors)) }
    if givenUp == 0 { steps.append(.leaveOut(.givenUp)) }
    steps += [.leaveOut(.sent), .shorten]
    return steps + [Part.left, .accept, .givenUp, .errors, .backlog, .rate].map(Step.leaveOut)
  }

  private func line(_ parts: Set<Part>, short: Bool) -> String {
    guard time != nil else { return "starting" }
    return Part.allCases.filter(parts.contains).compactMap { words($0, short: short) }.joined(separator: " · ")
  }

  private func words(_ part: Part, short: Bool) -> String? {
    switch part {
    case .time:
      return (isVirtual && !short ? "simulated " : "") + Self.clock(time ?? 0)
    case .rate:
      guard let rate else { return nil }
      let now = Figure.number(rate, digits: 3)
      guard let target else { return "\(now)/s" }
      return short ? "\(now)/\(Figure.number(target, digits: 3))/s" : "\(now) of \(Figure.number(target, digits: 3))/s"
    case .sent:
      return "sent \(Figure.count(sent))" + (expected.map { " of \(Figure.count($0))" } ?? "")
    case .backlog:
      return "backlog \(Figure.count(backlog))" + (trend.map { short ? $0.mark : ", \($0)" } ?? "")
    case .errors: return errors == 1 ? "1 error" : "\(Figure.count(errors)) errors"
    case .givenUp: return "\(Figure.count(givenUp)) given up"
    case .accept:
      guard acceptP95 != nil || acceptIsUnbounded else { return nil }
      return (short ? "p95 " : "accept p95 ") + Figure.seconds(acceptP95, .up)
    case .left:
      if isDraining { return "draining" }
      return timeLeft.map { "\(Self.left($0)) left" }
    }
  }

  private static func clock(_ seconds: Double) -> String {
    seconds < 60 ? String(format: "%.1fs", (seconds * 10).rounded(.down) / 10) : Figure.seconds(seconds, .down)
  }

  private static func left(_ seconds: Double) -> String {
    let whole = seconds.rounded(.up)
    return whole < 60 ? "\(Int(max(0, whole)))s" : Figure.seconds(whole)
  }
}

extension ProgressFigures.Trend {
  fileprivate var mark: String {
    switch self {
    case .growing: " up"
    case .shrinking: " down"
    case .steady: ""
    }
  }
}
