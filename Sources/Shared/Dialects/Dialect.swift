/// How one order API spells things: all that a client needs to know to drive it, and all that a server needs to know to speak it.
public struct Dialect: Sendable, Hashable {
  public var name: String
  /// What API this is, in one line.
  public var summary: String
  /// Answers 2xx once the API is ready to take orders.
  public var readyPath: String
  /// Sent with every request, those for authentication included.
  public var headers: [Header]
  public var create: Create
  /// What has to be done once an order is acknowledged, before it is processed, as a payment; `nil` where nothing has.
  public var confirm: Confirm?
  public var status: Status
  /// Where an order is read whole; `nil` where the answer about its status is all there is of it.
  public var order: OrderPage?
  /// `nil` where orders cannot be cancelled.
  public var cancel: Cancel?
  /// `nil` where orders cannot be listed.
  public var list: List?
  /// What the API says about itself; `nil` where it says nothing, and then nothing is audited.
  public var metrics: Metrics?
  /// What the API says about single orders; `nil` where it says nothing.
  public var orderMetrics: OrderMetrics?
  public var authentication: Authentication
  /// Whether its file says that it has no accounts, so that one that is given is a mistake. Where nothing is said, a name and a password are
  /// Basic authentication.
  public var deniesAccounts = false
  /// How long an order may take from its acknowledgement to its end, where that is longer than most APIs need; `nil` where nothing is
  /// known.
  public var orderTimeout: Duration?
  public var assumptions: Assumptions

  public init(
    name: String, summary: String, readyPath: String, headers: [Header] = [], create: Create, confirm: Confirm? = nil, status: Status,
    order: OrderPage? = nil, cancel: Cancel? = nil, list: List? = nil, metrics: Metrics? = nil, orderMetrics: OrderMetrics? = nil,
    authentication: Authentication = .none, orderTimeout: Duration? = nil, assumptions: Assumptions = Assumptions()
  ) {
    self.name = name
    self.summary = summary
    self.readyPath = readyPath
    self.headers = headers
    self.create = create
    self.confirm = confirm
    self.status = status
    self.order = order
    self.cancel = cancel
    self.list = list
    self.metrics = metrics
    self.orderMetrics = orderMetrics
    self.authentication = authentication
    self.orderTimeout = orderTimeout
    self.assumptions = assumptions
  }

  /// One header of a request.
  public struct Header: Sendable, Hashable {
    public var name: String
    public var value: Template

    public init(_ name: String, _ value: Template) {
      self.name = name
      self.value = value
    }
  }

  /// One kind of request, with slots for what changes from one to the next.
  public struct Request: Sendable, Hashable {
    public var method: String
    /// Begins with a slash; may have a query.
    public var path: Template
    public var headers: [Header]
    /// JSON; `nil` where the request has no body.
    public var body: Template?

    public init(_ method: String, _ path: Template, headers: [Header] = [], body: Template? = nil) {
      self.method = method
      self.path = path
      self.headers = headers
      self.body = body
    }
  }
}
