import Shared

/// Whether this machine can hold the connections that a run may open, found out before the first of them.
package struct Preflight: Sendable, Equatable {
  /// Connections for creates, all to one address.
  var connections: Int
  /// As many again for all that follows them, where anything does.
  var areFollowed = false
  var eventLoops: Int
  var cores: Int
  /// File descriptors that are open already.
  var openDescriptors: Int
  /// How many this process may have now, and up to how many it may raise that by itself.
  var softLimit: Int
  var hardLimit: Int
  /// What the system gives out as local ports; `nil` where that is not known.
  var ports: ClosedRange<Int>?
  /// Every request has a connection of its own, so that its port rests afterwards.
  var closesAfterEachRequest = false

  enum Answer: Equatable {
    case ready
    /// The limit is to be raised to this.
    case raiseLimit(to: Int)
  }

  /// For readings, sessions and searches of the list each event loop has connections of its own.
  static let ownConnections = 3
  /// What an event loop needs for itself: its queue, its timer and its alarm.
  static let perEventLoop = 3
  /// For reports, resolvers, and whatever else is opened for a moment.
  static let spareDescriptors = 32
  /// How long the system keeps a port that was used, in seconds (TIME_WAIT).
  static let portRest = 60

  /// How many there are for each of `--connections`.
  private var lanes: Int { areFollowed ? 2 : 1 }

  private var allConnections: Int { connections * lanes + eventLoops * Self.ownConnections }

  private var connectionsWording: String {
    areFollowed ? "\(connections) connections for creates, and as many for following them," : "\(connections) connections"
  }

  /// How many file descriptors there may be at once.
  var neededDescriptors: Int {
    // The target is looked up on event loops that are shared by the process, one for each core.
    openDescriptors + allConnections + (eventLoops + cores) * Self.perEventLoop + Self.spareDescriptors
  }

  /// - Throws: `ConfigurationError` that names the number needed, the limit found, and what to do.
  func answer() throws(ConfigurationError) -> Answer {
    try refuseTooFewPorts()
    if neededDescriptors <= softLimit { return .ready }
    if neededDescriptors <= hardLimit { return .raiseLimit(to: neededDescriptors) }
    throw tooFewDescriptors
  }

  /// The limit is too low, and cannot be raised from within.
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

  /// What may go wrong later, and is no reason not to begin.
  var warning: String? {
    guard closesAfterEachRequest, let ports else { return nil }
    return "with a connection for each request, the \(ports.count) local ports of this system run out at more than "
      + "\(ports.count / Self.portRest) requests/s: each rests for \(Self.portRest) s after it was used"
  }
}
