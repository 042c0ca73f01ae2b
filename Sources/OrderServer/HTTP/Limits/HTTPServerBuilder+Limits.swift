import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Shared

extension HTTPServerBuilder {
  /// HTTP/1.1 within limits. What encrypts goes around it.
  static func http1(within limits: ServerLimits, places: ConnectionPlaces, format: APIFormat, logger: Logger) -> HTTPServerBuilder {
    .http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [ConnectionGuard(limits: limits, format: format, places: places, logger: logger)],
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: limits.maxHeaderSize.bytes, maxHeaderListSize: limits.maxHeaderSize.bytes,
          maxHeaderFieldCount: limits.maxHeaderCount)))
  }
}

extension ConnectionPlaces {
  /// As many as the limits say, or fewer where the process's file descriptors do not suffice, which is logged.
  convenience init(within limits: ServerLimits, logger: Logger) {
    let budget = DescriptorBudget.raised(for: limits.maxConnections)
    let connections = budget.connections(wanted: limits.maxConnections)
    if connections < limits.maxConnections {
      logger.warning(
        """
        \(connections) connections are served at a time, and not \(limits.maxConnections): this process may have \(budget.limit) file \
        descriptors; raise the limit by 'ulimit -n \(budget.needed(for: limits.maxConnections))', or lower --max-connections
        """)
    }
    self.init(connections)
  }
}
