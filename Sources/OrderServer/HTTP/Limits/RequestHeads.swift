import NIOCore
import NIOHTTP1
import Shared

/// Looks at each request's head while it still says all that the client wrote: its version, every `Host`, and how its body is framed.
///
/// It sits between the decoder and the handler that turns its parts into the framework's requests.
final class RequestHeads: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  /// A head that no request may have. Nothing of the request is passed on to the framework.
  struct Fault: Error {
    /// As the rest of a sentence: `it has no Host`.
    let reason: String
    let method: HTTPMethod
    /// Whether the head is valid, but asks for what this server cannot do.
    var isUnsupported = false
  }

  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    let unsupported = FramingRule.unsupported(in: head)
    if let reason = HostRule.violation(in: head) ?? FramingRule.violation(in: head) ?? unsupported {
      isRefused = true
      return context.fireErrorCaught(Fault(reason: reason, method: head.method, isUnsupported: reason == unsupported))
    }
    // After a request to change the protocol the decoder reads no further, whatever the answer is.
    let leaves = head.method == .CONNECT || head.headers.contains(name: "Upgrade")
    let ends = !head.isKeepAlive || head.version.isBefore1_1 || leaves
    // Connection options are ASCII words. A value with other bytes is none, and is no text for the framework to compare.
    if head.headers["Connection"].contains(where: { !$0.utf8.allSatisfy { $0 < 0x80 } }) { head.headers.remove(name: "Connection") }
    // The framework understands neither versions nor lists of options, so it is told explicitly where the connection ends with this answer.
    if ends { head.headers.replaceOrAdd(name: "Connection", value: "close") }
    // `Expect` belongs to HTTP/1.1, and must be ignored in earlier versions (RFC 9110, 10.1.1).
    if head.version.isBefore1_1 { head.headers.remove(name: "Expect") }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }
}

extension HTTPVersion {
  fileprivate var isBefore1_1: Bool { major < 1 || major == 1 && minor < 1 }
}

/// What a request's `Host` must look like (RFC 9112, 3.2).
enum HostRule {
  /// What is wrong, as the rest of a sentence; `nil` where all is well.
  static func violation(in head: HTTPRequestHead) -> String? {
    let hosts = head.headers["Host"]
    guard hosts.count < 2 else { return "it has \(hosts.count) Hosts" }
    guard let host = hosts.first else { return head.version.isBefore1_1 ? nil : "it has no Host" }
    return isHost(host) ? nil : "its Host, '\(Spelling.shown(host))', is no host"
  }

  /// Whether it is a host with or without a port, or empty, as it is for a target without an authority.
  static func isHost(_ text: String) -> Bool {
    var name = Array(text.utf8)[...]
    // The last colon begins a port, unless it lies within an address in brackets.
    if let colon = name.lastIndex(of: UInt8(ascii: ":")), !name[colon...].contains(UInt8(ascii: "]")) {
      guard name[name.index(after: colon)...].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
      name = name[..<colon]
    }
    if name.first == UInt8(ascii: "[") {
      guard name.count > 2, name.last == UInt8(ascii: "]") else { return false }
      return name.dropFirst().dropLast().allSatisfy { isOfName($0) || $0 == UInt8(ascii: ":") }
    }
    return name.allSatisfy(isOfName)
  }

  /// Letters, digits, and what else a registered name may have (RFC 3986, 3.2.2). A percent sign counts without looking at the rest of its
  /// escape.
  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "-._~%!$&'()*+,;=".utf8.contains(byte)
    }
  }
}
