/// How one order API spells things: all that a client must know to drive it, and all that a server must know to speak it.
public struct Dialect: Sendable, Hashable {
  public var name: String
  /// Answers 2xx once the API is ready to take orders.
  public var readyPath: String
  public var create: Create
  public var status: Status
  /// What the API says about itself; `nil` where it says nothing, and then nothing is audited.
  public var metrics: Metrics?
  public var assumptions: Assumptions

  public init(
    name: String, readyPath: String, create: Create, status: Status, metrics: Metrics?,
    assumptions: Assumptions
  ) {
    self.name = name
    self.readyPath = readyPath
    self.create = create
    self.status = status
    self.metrics = metrics
    self.assumptions = assumptions
  }

  /// How an order is created: `POST path` with a JSON body.
  public struct Create: Sendable, Hashable {
    public var path: String
    /// The body, made anew for each order.
    public var body: Template
    /// The status codes that acknowledge an order.
    public var acceptedCodes: Set<Int>
    /// Where the id stands in the answer's body.
    public var idField: FieldPath

    public init(path: String, body: Template, acceptedCodes: Set<Int>, idField: FieldPath) {
      self.path = path
      self.body = body
      self.acceptedCodes = acceptedCodes
      self.idField = idField
    }
  }

  /// How an order's status is asked for.
  public struct Status: Sendable, Hashable {
    public var path: Template
    public var field: FieldPath
    public var words: StatusWords

    public init(path: Template, field: FieldPath, words: StatusWords) {
      self.path = path
      self.field = field
      self.words = words
    }
  }
}
