/// Why bytes are not Prometheus text, with the line, counted from 1.
struct BadPrometheusText: Error, Equatable, CustomStringConvertible {
  /// What the format requires.
  enum Wanted: String, Sendable {
    case name = "the name of a metric"
    case labelName = "the name of a label"
    case equals = "'=' after the name of a label"
    case quote = "a value in quotes"
    case closingQuote = "a closing quote"
    case labelEnd = "',' or '}'"
    case oneName = "one name, and it has two"
    case distinctLabels = "each label once"
    case fewLabels = "at most 64 labels"
    case number = "a number"
    case timestamp = "a timestamp, or the end of the line"
    case exemplar = "an exemplar, as in # {trace_id=\"a\"} 0.5"
    case type = "a name and a type that there is after # TYPE, as in # TYPE orders_total counter"
    case metadata = "a name after # HELP, # TYPE or # UNIT, and what is said of it"
    case content = "no empty line, as OpenMetrics has none"
    case end = "# EOF as its last line, as in OpenMetrics: it may be cut short"
    case nothing = "nothing after # EOF"
  }

  let line: Int
  let wanted: Wanted

  var description: String { "line \(line) should have \(wanted.rawValue)" }
}
