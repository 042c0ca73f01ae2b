extension Dialect {
  /// Where an API publishes figures about itself, and what each of them means.
  public struct Metrics: Sendable, Hashable {
    /// Where the figures come from.
    public enum Source: Sendable, Hashable {
      /// A JSON document of its own.
      case document(Request)
      /// Prometheus text, or OpenMetrics.
      case prometheus(Request)
      /// The API publishes no metrics: its list of orders is its claim, and the figures are counted from it. All of them are then numbers
      /// of orders.
      case list
    }

    public var source: Source
    public var figures: [Figure]
    /// What it says of requests, in Prometheus text alone; `nil` where it says nothing of them.
    public var requests: RequestFigures?

    /// The request for its document; `nil` where the list is counted.
    public var request: Request? {
      switch source {
      case .document(let request), .prometheus(let request): request
      case .list: nil
      }
    }

    public init(_ source: Source, figures: [Figure]) {
      self.source = source
      self.figures = figures
    }

    /// - Parameter path: of the document, which is fetched by GET.
    public init(path: String, figures: [Figure]) { self.init(.document(Request("GET", Template(path))), figures: figures) }
  }

  /// One number in a metrics document, or one that is counted from the list; or the sum, the count and the buckets of a Prometheus histogram.
  public struct Figure: Sendable, Hashable {
    /// Where the number is in a JSON document; for a list, only the claim's name; empty for Prometheus text.
    public var field: FieldPath
    /// Where it is in Prometheus text, added up; empty elsewhere. Of a histogram or a summary, its name without `_bucket`, `_sum` and `_count`.
    public var series: [SeriesSelector] = []
    /// Where further numbers are that are added to it; only numbers of orders are added up.
    public var addends: [FieldPath] = []
    public var quantity: Quantity
    public var printing: Printing
    /// What a printed 1 stands for: 1 ms for a duration in milliseconds. Only durations have a unit.
    public var unit: Duration
    /// Whether it comes with a histogram, and is not in a dialect file itself: the mean, which is its sum over its count, and the number of
    /// completed orders where no other figure has that.
    public var isOfHistogram = false
    /// Whether a missing field stands for 0. Otherwise it claims nothing.
    public var missingIsZero: Bool
    /// Whether `null` stands for 0. Otherwise it claims nothing.
    public var nullIsZero: Bool
    /// Of a quantile: whether it is of all orders that have completed so far. Otherwise it is of the latest of them, nobody knows how many.
    public var isOverAll = false
    /// Of an estimate: whether it is the same time for each order that has not ended, throughout.
    public var isProportional: Bool

    public init(
      _ quantity: Quantity, at field: FieldPath, printing: Printing = .undeclared, unit: Duration = .seconds(1),
      missingIsZero: Bool = false,
      nullIsZero: Bool = false, isProportional: Bool = false
    ) {
      self.field = field
      self.quantity = quantity
      self.printing = printing
      self.unit = unit
      self.missingIsZero = missingIsZero
      self.nullIsZero = nullIsZero
      self.isProportional = isProportional
    }

    /// - Parameter series: in Prometheus text.
    public init(
      _ quantity: Quantity, series: [SeriesSelector], printing: Printing = .undeclared, unit: Duration = .seconds(1),
      missingIsZero: Bool = false
    ) {
      self.init(quantity, at: "", printing: printing, unit: unit, missingIsZero: missingIsZero)
      self.series = series
    }

    /// All places in a JSON document, the first one first.
    public var fields: [FieldPath] { [field] + addends }

    /// What reports call it, as in `done.good + done.bad`.
    public var name: String {
      guard !series.isEmpty else { return fields.map(\.description).joined(separator: " + ") }
      if case .histogram = quantity { return "\(series.map(\.description).joined(separator: " + ")) buckets" }
      if isOfHistogram, case .average = quantity { return "\(series[0].named(String(series[0].name.dropLast("_sum".count)))) mean" }
      return series.map(\.description).joined(separator: " + ")
    }
  }

  /// How long one order took, according to the API.
  public struct OrderMetrics: Sendable, Hashable {
    /// By GET, with a slot `{id}`.
    public var path: Template
    public var field: FieldPath
    /// Which duration it is.
    public var span: Quantity.Span
    /// What a printed 1 stands for.
    public var unit: Duration
    public var printing: Printing

    public init(path: Template, field: FieldPath, span: Quantity.Span, unit: Duration = .seconds(1), printing: Printing = .undeclared) {
      self.path = path
      self.field = field
      self.span = span
      self.unit = unit
      self.printing = printing
    }
  }

  /// How a number was shortened to the digits that are printed.
  public enum Printing: String, Sendable, Hashable, CaseIterable {
    /// Unknown: the true value differs from the printed one by less than one unit of the last printed place.
    case undeclared
    /// Rounded to the nearest at the last printed place.
    case nearest
    /// Rounded down at the last printed place.
    case floor
  }

  /// When an order that is being processed may go back into the queue.
  public enum Requeue: String, Sendable, Hashable, CaseIterable {
    case never
    /// When the API's process is restarted, and at no other time. That is for a single process that is reached directly, so that a connection
    /// to it breaks when it ends: a proxy's connection outlives the process behind it, and one of several processes may end alone.
    case onRestart = "on_restart"
    case any
  }

  /// What is taken for granted when the API's claims are held against what was seen. A contradiction holds only under these assumptions
  /// (docs/measurement.md, "Claims of the server").
  public struct Assumptions: Sendable, Hashable {
    /// All figures of one answer come from one instant.
    public var snapshot: Bool
    /// An order that has ended keeps its status.
    public var final: Bool
    /// Whether an order may go from processing back to pending.
    public var requeue: Requeue
    /// What was acknowledged is visible in every later answer.
    public var readYourWrites: Bool
    /// How far the API's clock may run fast or slow, as a fraction: 500 ppm is 0.0005.
    public var clockRate: Double
    /// How old figures may be at the moment they are sent.
    public var maxAge: Duration
    /// The resolution of the API's timestamps: each duration that it computes from two of them may be off by this much.
    public var granularity: Duration
    /// How much earlier than its end can be seen an order's end may be stamped, as by a transaction that takes the time when it begins: each
    /// duration up to an end may be too short by this much.
    public var stampLead: Duration

    public init(
      snapshot: Bool = true, final: Bool = true, requeue: Requeue = .any, readYourWrites: Bool = true,
      clockRate: Double = 0.0005, maxAge: Duration = .zero, granularity: Duration = .microseconds(1),
      stampLead: Duration = .zero
    ) {
      self.snapshot = snapshot
      self.final = final
      self.requeue = requeue
      self.readYourWrites = readYourWrites
      self.clockRate = clockRate
      self.maxAge = maxAge
      self.granularity = granularity
      self.stampLead = stampLead
    }
  }
}
