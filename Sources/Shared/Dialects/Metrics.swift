extension Dialect {
  /// Where an API's figures about itself stand, and what each of them means.
  public struct Metrics: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
      /// A document of its own, by GET.
      case document(path: String)
      /// The API publishes none: its list of orders is its claim, and the figures are counted from it. Each counts orders.
      case list
    }

    public var source: Source
    public var figures: [Figure]

    public init(_ source: Source, figures: [Figure]) {
      self.source = source
      self.figures = figures
    }

    /// - Parameter path: of the document.
    public init(path: String, figures: [Figure]) { self.init(.document(path: path), figures: figures) }
  }

  /// One number of a metrics document.
  public struct Figure: Sendable, Hashable {
    public var field: FieldPath
    public var quantity: Quantity
    public var printing: Printing
    /// What one of it is: of a duration in milliseconds, 1 ms. Nothing but durations has a unit.
    public var unit: Duration
    /// Whether a field that is not there stands for 0.
    public var missingIsZero: Bool
    /// Whether `null` stands for 0. Otherwise it claims nothing.
    public var nullIsZero: Bool

    public init(
      _ quantity: Quantity, at field: FieldPath, printing: Printing = .undeclared, unit: Duration = .seconds(1),
      missingIsZero: Bool = false,
      nullIsZero: Bool = false
    ) {
      self.field = field
      self.quantity = quantity
      self.printing = printing
      self.unit = unit
      self.missingIsZero = missingIsZero
      self.nullIsZero = nullIsZero
    }
  }

  /// What an API says about one order: how long it took.
  public struct OrderMetrics: Sendable, Hashable {
    /// By GET, with a slot `{id}`.
    public var path: Template
    public var field: FieldPath
    /// The duration that it is.
    public var span: Quantity.Span
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

  /// How a number was made to fit its digits.
  public enum Printing: String, Sendable, Hashable, CaseIterable {
    /// Unknown: the truth is less than one unit of the last printed place away.
    case undeclared
    /// Rounded to the nearest at the last printed place.
    case nearest
    /// Rounded down at the last printed place.
    case floor
  }

  /// What is taken for granted when the API's claims are held against what was seen. A contradiction holds under these only.
  public struct Assumptions: Sendable, Hashable {
    /// All figures of one answer come from one instant.
    public var snapshot: Bool
    /// An order that has ended stays so.
    public var final: Bool
    /// An order may go from processing back to pending, as after a restart.
    public var requeue: Bool
    /// What was acknowledged is in every later answer.
    public var readYourWrites: Bool
    /// How far the API's clock may run fast or slow, as a fraction: 500 ppm is 0.0005.
    public var clockRate: Double
    /// How old the figures may be when they are sent.
    public var maxAge: Duration
    /// What the API's timestamps are rounded to: each duration that it takes from two of them may be off by as much.
    public var granularity: Duration

    public init(
      snapshot: Bool = true, final: Bool = true, requeue: Bool = true, readYourWrites: Bool = true,
      clockRate: Double = 0.0005, maxAge: Duration = .zero, granularity: Duration = .microseconds(1)
    ) {
      self.snapshot = snapshot
      self.final = final
      self.requeue = requeue
      self.readYourWrites = readYourWrites
      self.clockRate = clockRate
      self.maxAge = maxAge
      self.granularity = granularity
    }
  }
}
