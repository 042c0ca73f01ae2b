import Shared

/// Whether this machine can hold all connections that a run may open, found out before the first is opened.
package struct Preflight: Sendable, Equatable {
  /// The number of connections for creates, all to one address.
  var connections: Int
  /// Whether as many again are needed for other requests.
  var areFollowed = false
  var eventLoops: Int
  var cores: Int
  /// File descriptors that are open before the run.
  var openDescriptors: Int
  /// How many file descriptors the process may have now, and how many if it raises the limit by itself.
  var softLimit: Int
  var hardLimit: Int
  /// The local ports that the system assigns; `nil` where they are unknown or not needed.
  var ports: ClosedRange<Int>?
  /// Whether every request has a connection of its own, whose port then cannot be used again for a while.
  var closesAfterEachRequest = false

  /// What must be done before the run, if anything.
  enum Answer: Equatable {
    case ready
    /// The soft limit must be raised to this.
    case raiseLimit(to: Int)
  }

  /// The connections that each event loop has besides: for readings of the metrics, for sessions, and for searches of the list.
  static let ownConnections = 3
  /// The file descriptors that each event loop needs for itself: for its queue, its timer and its alarm.
  static let perEventLoop = 3
  /// File descriptors for reports, resolvers, and whatever else is opened briefly.
  static let spareDescriptors = 32
  /// How long the system keeps a used port reserved, in seconds (TIME_WAIT).
  static let portRest = 60

  /// How many connections there are for each one of `--connections`.
  private var lanes: Int { areFollowed ? 2 : 1 }

  private var allConnections: Int { connections * lanes + eventLoops * Self.ownConnections }

  private var connectionsWording: String {
    areFollowed ? "\(connections) connections for creates, and as many for following them," : "\(connections) connections"
  }

  /// How many file descriptors may be open at the same time.
  var neededDescriptors: Int {
    // The target is looked up on event loops that are shared by the process, one for each core.
    openDescriptors + allConnections + (eventLoops + cores) * Self.perEventLoop + Self.spareDescriptors
  }

  /// - Throws: `ConfigurationError` that names the number needed, the limit found, and what to do about it.
  func answer() throws(ConfigurationError) -> Answer {
    try refuseTooFewPorts()
    if neededDescriptors <= softLimit { return .ready }
    if neededDescriptors <= hardLimit { return .raiseLimit(to: neededDescriptors) }
    throw tooFewDescriptors
  }

  /// Says that the limit is too low, and cannot be raised by the process itself.
  var tooFewDescriptors: ConfigurationError {
    let limit = max(softLimit, hardLimit)
    let fit = (connections * lanes - (neededDescriptors - limit)) / lanes
    let fewer = fit >= eventLoops ? ", or give --connections \(fit) or fewer" : ""
    return ConfigurationError(
      "\(connectionsWording) need \(neededDescriptors) file descriptors, and this process may have \(limit): "
        + "raise the limit by 'ulimit -n \(neededDescriptors)' before loadgen is started\(fewer)")
  }

  private func refuseTooFewPorts() throws(ConfigurationError) {
    guard let ports, allConnections > ports.count else { return }
    let fit = (ports.count - eventLoops * Self.ownConnections) / lanes
    let fewer = fit >= eventLoops ? "give --connections \(fit) or fewer, or " : ""
    throw ConfigurationError(
      "\(connectionsWording) to one address need \(allConnections) local ports, and this system gives out \(ports.count) "
        + "(\(ports.lowerBound) to \(ports.upperBound)): \(fewer)widen the range by '\(Self.widening)'")
  }

  #if os(macOS)
    private static let widening = "sysctl -w net.inet.ip.portrange.first=16384"
  #else
    private static let widening = #"sysctl -w net.ipv4.ip_local_port_range="1024 65535""#
  #endif

  /// What may go wrong later, without being a reason not to begin.
  var warning: String? {
    guard closesAfterEachRequest, let ports else { return nil }
    return "with a connection for each request, the \(ports.count) local ports of this system run out at more than "
      + "\(ports.count / Self.portRest) requests/s: each rests for \(Self.portRest) s after it was used"
  }
}
