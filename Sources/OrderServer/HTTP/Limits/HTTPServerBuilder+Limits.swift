import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Shared

extension HTTPServerBuilder {
  /// HTTP/1.1 within the limits. TLS can be put around it.
  static func http1(within limits: ServerLimits, places: ConnectionPlaces, format: APIFormat, logger: Logger) -> HTTPServerBuilder {
    .http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [ConnectionGuard(limits: limits, format: format, places: places, logger: logger)],
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: limits.maxHeaderSize.bytes, maxHeaderListSize: limits.maxHeaderSize.bytes,
          maxHeaderFieldCount: limits.maxHeaderCount)))
  }
}
