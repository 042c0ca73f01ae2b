import NIOCore
import NIOPosix

/// Finds out what a target speaks that does not answer plain HTTP/1.1.
extension TargetAddress {
  /// Why a target gave no usable answer, in words: what it speaks in place of plain HTTP/1.1, or else the failure's own.
  static func reason(of failure: Failure, at target: TargetURL) async -> String {
    guard failure.mayComeFromTLS else { return failure.example }
    if await speaksTLS(target) { return "it speaks TLS, give an https URL" }
    return await speaksHTTP2(target) ? HTTP2.words : failure.example
  }

  /// Whether a target that gave no answer to plain HTTP speaks TLS. Takes up to a few seconds; always `false` for https targets and
  /// sockets.
  package static func speaksTLS(_ target: TargetURL) async -> Bool {
    let patience = TimeAmount.seconds(2)
    var settings = TLSSettings()
    settings.verifies = false
    guard !target.isEncrypted, target.socketPath == nil, let context = try? settings.context() else { return false }
    do {
      let client = TLSClient(context: context, host: target.name)
      let (channel, progress) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
        .connect(to: target) { channel in
          channel.eventLoop.makeCompletedFuture { (channel, try client.encrypt(channel)) }
        }
      defer { channel.close(promise: nil) }
      try await progress.handshake(on: channel, within: patience)
      return true
    } catch {
      return (error as? TLSFault)?.provesTLS ?? false
    }
  }

  /// Whether a target that gave no answer to plain HTTP/1.1 speaks HTTP/2. Always `false` with TLS, whose handshake negotiates the
  /// protocol.
  package static func speaksHTTP2(_ target: TargetURL) async -> Bool {
    guard !target.isEncrypted else { return false }
    let preface = ByteBuffer(bytes: HTTP2.preface)
    let answer = try? await PlainExchange.beginning(of: preface, with: target, within: .seconds(2), atLeast: 9)
    return answer?.withUnsafeReadableBytes { HTTP2.frame($0) != nil } ?? false
  }
}
