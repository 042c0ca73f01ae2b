import HTTPTypes
import Hummingbird
import NIOCore
import Shared
import Synchronization

/// Sends answers about orders and figures in the wrong way, whatever they say. It stands before everything else, so that it has the answer as it
/// would be sent.
final class WireFaultMiddleware: RouterMiddleware {
  typealias Context = ServerRequestContext

  private let faults: [Struck<WireFault>]
  private let answers = Atomic<UInt64>(0)

  init(_ faults: [Struck<WireFault>]) {
    self.faults = faults
  }

  func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
    var response = try await next(request, context)
    guard Self.isSpoilt(request.uri.path) else { return response }
    let index = answers.wrappingAdd(1, ordering: .relaxed).oldValue
    for fault in faults where fault.strikes(index) {
      switch fault.fault {
      case .delay(let time): try await Task.sleep(for: time)
      case .reset:
        try await context.resetConnection()
        throw ConnectionWasReset()
      case .stall, .half, .drip: response.body = Self.spoilt(response.body, by: fault.fault)
      }
    }
    return response
  }

  private static func isSpoilt(_ path: String) -> Bool {
    ["/orders", "/metrics"].contains { path.utf8.starts(with: $0.utf8) }
  }

  private static func spoilt(_ body: ResponseBody, by fault: WireFault) -> ResponseBody {
    ResponseBody(contentLength: body.contentLength) { writer in
      try await body.write(SpoilingWriter(parent: writer, fault: fault))
    }
  }
}

private struct ConnectionWasReset: Error {}

/// Thrown where the rest of an answer is not sent: the framework closes the connection.
private struct AnswerWasCut: Error {}

/// Sends each piece of a body in the wrong way. Answers about orders and figures have one piece.
private struct SpoilingWriter: ResponseBodyWriter {
  var parent: any ResponseBodyWriter
  let fault: WireFault

  mutating func write(_ buffer: ByteBuffer) async throws {
    var rest = buffer
    switch fault {
    case .stall(let time):
      if let first = rest.readSlice(length: rest.readableBytes / 2) { try await parent.write(first) }
      try await Task.sleep(for: time)
      try await parent.write(rest)
    case .half:
      if let first = rest.readSlice(length: rest.readableBytes / 2) { try await parent.write(first) }
      throw AnswerWasCut()
    case .drip(let time):
      while let byte = rest.readSlice(length: 1) {
        try await parent.write(byte)
        if rest.readableBytes > 0 { try await Task.sleep(for: time) }
      }
    case .delay, .reset: try await parent.write(buffer)
    }
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws { try await parent.finish(trailingHeaders) }
}
