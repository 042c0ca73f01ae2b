import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import Shared

/// Keeps one connection within the limits: tells a client that exceeds one why, in the profile's format, and closes.
///
/// It sits between the HTTP codec and the framework, so that everything that is sent is in the order of the requests.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: ServerLimits
  private let format: APIFormat
  private let places: ConnectionPlaces
  private let logger: Logger
  private let unparsed: UnparsedBytes
  private let heads = RequestHeads()
  private var turns: ConnectionTurns
  private var expectation = Expectation()
  private var hasPlace: Bool
  private let isRefused: Bool
  /// The error to be sent after the answers to the earlier requests.
  private var lastWord: APIError?
  private var closesAfterAnswer = false
  /// Whether the latest request is this connection's last, as its head says.
  private var isLastRequest = false
  /// Whether that request has arrived whole: what follows it is no request, whatever it looks like.
  private var hasLastRequest = false
  /// Whether the framework has been given a request's head, but not its end yet.
  private var isPassingOn = false
  /// The latest piece of the body that is arriving, where the head told the body's size.
  private var latestPiece: ByteBuffer?
  private var isSizeTold = false
  /// How many bytes have arrived of a body that nobody wants any more.
  private var unwantedBytes = 0
  private var timer: (instant: NIODeadline, task: Scheduled<Void>)?

  init(limits: ServerLimits, format: APIFormat, places: ConnectionPlaces, logger: Logger) {
    self.limits = limits
    self.format = format
    self.places = places
    self.logger = logger
    // Beyond the size of a head, the decoder accepts at most two bytes after each name and each value, and a method and a version.
    unparsed = UnparsedBytes(limit: limits.maxHeaderSize.bytes + 4 * limits.maxHeaderCount + 64)
    hasPlace = places.take()
    isRefused = !hasPlace
    turns = ConnectionTurns(limits: ConnectionTurns.Limits(limits, isRefused: isRefused), now: .now())
  }

  func handlerAdded(context: ChannelHandlerContext) {
    do {
      let pipeline = context.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(unparsed, position: .before(decoder))
      try pipeline.addHandler(heads, position: .after(decoder))
    } catch {
      context.fireErrorCaught(error)
    }
    setTimer(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) { release() }

  func channelInactive(context: ChannelHandlerContext) {
    release()
    breakOff(context)
    context.fireChannelInactive()
  }

  private func release() {
    timer?.task.cancel()
    timer = nil
    if hasPlace { places.giveBack() }
    hasPlace = false
  }

  // MARK: What comes in

  private var takesRequests: Bool { !turns.isOver && lastWord == nil && !hasLastRequest }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard takesRequests else { return }
    unparsed.partCame()
    switch unwrapInboundIn(data) {
    case .head(let head):
      turns.headCame(at: .now())
      unwantedBytes = 0
      latestPiece = nil
      isSizeTold = head.headerFields[.contentLength] != nil
      isLastRequest = head.headerFields[.connection]?.isSameWord(as: "close") == true
      expectation.headCame(head)
      if isRefused { return refuse(.tooManyConnections(limit: places.limit), method: head.method, context) }
      isPassingOn = true
    case .body(let buffer):
      expectation.bodyCame()
      if isSizeTold { latestPiece = buffer }
      if turns.isAnsweredEarly {
        unwantedBytes += buffer.readableBytes
        if unwantedBytes > limits.maxBodySize.bytes { return end(context) }
      }
    case .end:
      expectation.bodyCame()
      turns.requestEnded(at: .now())
      if isLastRequest {
        hasLastRequest = true
        unparsed.shut()
      } else {
        unparsed.requestEnded(with: latestPiece)
      }
      latestPiece = nil
      isPassingOn = false
    }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if unparsed.count > 0, !turns.isOver { turns.partOfHeadCame(at: .now()) }
    context.fireChannelReadComplete()
    setTimer(context)
    if turns.isOver { context.read() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard takesRequests else { return }
    switch error {
    case HTTPParserError.headerOverflow:
      refuse(.headTooLarge(size: limits.maxHeaderSize, count: limits.maxHeaderCount), context)
    case HTTPParserError.paused:
      // The decoder pauses only at the beginning of HTTP/2.
      refuse(.noHTTP("it is HTTP/2"), context)
    case let error as HTTPParserError:
      refuse(.noHTTP(error.debugDescription), context)
    case let fault as RequestHeads.Fault:
      refuse(fault.isUnsupported ? .unsupportedCoding : .noHTTP(fault.reason), method: fault.method == .HEAD ? .head : nil, context)
    case is HTTP1TypeConversionError:
      refuse(.noHTTP("invalid HTTP method"), context)
    default:
      context.fireErrorCaught(error)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    // The client has read the last answer and has closed its side.
    if turns.isOver, let event = event as? ChannelEvent, event == .inputClosed { return context.close(promise: nil) }
    if let event = event as? ChannelEvent, event == .inputClosed { breakOff(context) }
    context.fireUserInboundEventTriggered(event)
  }

  // MARK: What goes out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !turns.isOver else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      guard head.status.kind != .informational else { return context.write(data, promise: promise) }
      turns.answerBegan()
      // A client that was not asked for its body may send it or not, so what comes next could be either.
      // A client that sent its last request is told that it was the last (RFC 9112, 9.6), also where it does not know so, because it asked
      // for another protocol.
      if expectation.isWaiting && turns.isNext || isLastRequest && turns.isAtLatest { head.headerFields[.connection] = "close" }
      closesAfterAnswer = head.headerFields[.connection]?.isSameWord(as: "close") == true
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body:
      context.write(data, promise: promise)
    case .end:
      writeEnd(data, promise: promise, context)
      if turns.isNext, let error = lastWord { return refuse(error, context) }
      if closesAfterAnswer { end(context) }
    }
  }

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard event is BodyIsWanted else { return context.triggerUserOutboundEvent(event, promise: promise) }
    promise?.succeed()
    // This may be about an earlier request, whose body came without being asked for.
    guard expectation.isWaiting, turns.isNext, turns.canAnswer, !turns.isOver, lastWord == nil else { return }
    expectation.bodyCame()
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
  }

  private func writeEnd(_ data: NIOAny, promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
    let taken = promise ?? context.eventLoop.makePromise()
    taken.futureResult.assumeIsolated().whenSuccess { self.turns.answerTaken(at: .now()) }
    turns.answerEnded(at: .now())
    context.write(data, promise: taken)
  }

  func flush(context: ChannelHandlerContext) {
    context.flush()
    setTimer(context)
  }

  // MARK: The end

  /// Ends the connection with this error as the last reply, as soon as the earlier requests have been answered.
  private func refuse(_ error: APIError, method: HTTPRequest.Method? = nil, _ context: ChannelHandlerContext) {
    guard turns.isNext else {
      lastWord = error
      unparsed.shut()
      return
    }
    logger.info("request refused", metadata: ["status": .stringConvertible(error.status.code), "reason": "\(error.sentence)"])
    guard turns.canAnswer else { return end(context) }
    let reply = format.reply(to: error)
    var body = context.channel.allocator.buffer(capacity: 256)
    reply.json.encode(into: &body)
    var fields = reply.headers
    fields.append(Precautions.noSniffing)
    fields[.contentType] = reply.type
    fields[.contentLength] = String(body.readableBytes)
    fields[.connection] = "close"
    context.write(wrapOutboundOut(.head(HTTPResponse(status: reply.status, headerFields: fields))), promise: nil)
    if method != .head { context.write(wrapOutboundOut(.body(body)), promise: nil) }
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    end(context)
  }

  /// Sends no more, and gives the client a while to read what was sent. What it still sends is received and dropped, because it may not
  /// look for an answer before it has sent everything (RFC 9112, 9.6).
  private func end(_ context: ChannelHandlerContext) {
    turns.end(at: .now())
    unparsed.shut()
    context.flush()
    context.close(mode: .output, promise: nil)
    setTimer(context)
    // The framework reads on only when it has processed what came before, and from now on it is given nothing.
    context.read()
  }

  /// Tells whoever reads the body of the arriving request that its end will never come: the framework takes a body that just stops for a
  /// whole one. It is told when the connection is gone or the client sends no more, and not already at the last answer: it would then close
  /// at once, and a client that still sends would lose that answer.
  private func breakOff(_ context: ChannelHandlerContext) {
    guard isPassingOn else { return }
    isPassingOn = false
    context.fireErrorCaught(HTTPParserError.invalidEOFState)
  }

  // MARK: Time

  private func setTimer(_ context: ChannelHandlerContext) {
    // A timer that fires too early only looks again. So most answers need no timer of their own.
    guard context.channel.isActive || timer == nil, let due = turns.due?.instant else { return }
    if let timer, timer.instant <= due { return }
    timer?.task.cancel()
    let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.timerRang(context) }
    timer = (due, task)
  }

  private func timerRang(_ context: ChannelHandlerContext) {
    timer = nil
    guard let (duty, instant) = turns.due else { return }
    guard instant <= .now() else { return setTimer(context) }
    switch duty {
    case .sendRequest, .takeAnswer, .hangUp: context.close(promise: nil)
    case .finishHead, .finishBody: refuse(.requestTooSlow(limit: limits.readTimeout), context)
    }
  }
}

extension ConnectionTurns.Limits {
  fileprivate init(_ limits: ServerLimits, isRefused: Bool) {
    let farewell = TimeAmount(ServerLimits.farewell)
    idle = isRefused ? min(farewell, TimeAmount(limits.idleTimeout)) : TimeAmount(limits.idleTimeout)
    read = isRefused ? min(farewell, TimeAmount(limits.readTimeout)) : TimeAmount(limits.readTimeout)
    write = TimeAmount(limits.writeTimeout)
    self.farewell = farewell
  }
}
