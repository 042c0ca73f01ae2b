import NIOCore

/// One connection of a loop: its socket, its TLS, the request under way on it, and what has arrived of the answer.
struct EngineConnection: ~Copyable {
  enum State {
    case closed, connecting
    /// The socket is connected, and the TLS handshake is under way.
    case handshaking
    case open
  }

  private(set) var state = State.closed
  private var socket: StreamSocket?
  /// Where the socket leads, or is to lead.
  private(set) var address: SocketAddress?
  /// `nil` if bytes are sent unencrypted.
  private var tls: TLSSession?
  /// Increases with every socket, so that events of an earlier socket can be told from those of the current one.
  private(set) var generation: UInt32 = 0
  var parser: ResponseParser
  /// The request that is under way.
  var call: Call?
  /// The latest time since when the target may consider the connection idle, because nothing has been sent or received.
  var idleSince = Instant(0)
  /// How much later than its stamp the request under way may have been sent at most, in nanoseconds.
  var sentLate: Int64 = 0
  /// Whether the connection has brought an answer since it was opened.
  var hasAnswered = false
  /// What the kernel has not taken yet of the bytes to be sent, from `offset` on.
  private var unsent: (bytes: [UInt8], offset: Int)?

  /// The most that is read of an answer with figures, in bytes; `nil`: as much as of any other.
  private let figureBytes: Int?

  /// - Parameter header: a header that the dialect asks for, besides those that are always kept.
  init(watching header: String? = nil, figureBytes: Int? = nil) {
    parser = ResponseParser(watching: header)
    self.figureBytes = figureBytes
  }

  /// What the poller returns with the events of the current socket.
  private func token(_ index: Int) -> UInt64 { UInt64(generation) << 32 | UInt64(index) }

  /// - Returns: the connection that is meant, and which of its successive sockets.
  static func place(of token: UInt64) -> (index: Int, generation: UInt32) { (Int(token & 0xFFFF_FFFF), UInt32(token >> 32)) }

  /// Whether a token's generation means the current socket.
  func isCurrent(_ generation: UInt32) -> Bool { state != .closed && generation == self.generation }

  /// Whether the connection is being opened.
  var isOpening: Bool { state == .connecting || state == .handshaking }

  var isEncrypted: Bool { tls != nil }

  /// Whether the connection could carry a request.
  var isIdle: Bool { state == .open && call == nil }

  /// Whether bytes are expected: an answer, or the target's part of the handshake.
  var isAwaited: Bool { state == .handshaking || (state == .open && call != nil) }

  /// Whether a connect that was under way has been decided by now, by success or failure.
  var hasConnected: Bool { state == .connecting && socket?.hasConnected ?? false }

  /// Begins to connect a new socket.
  /// - Returns: false if this must be tried again in a moment, by `connectAgain`.
  /// - Throws: `Failure` if it could not even be begun; the connection is then closed.
  mutating func connect(to address: SocketAddress, index: Int, _ poller: borrowing Poller) throws(Failure) -> Bool {
    let socket = try StreamSocket(for: address)
    generation &+= 1
    self.socket = socket
    self.address = address
    state = .connecting
    hasAnswered = false
    parser.reset()
    return try connectAgain(index: index, poller)
  }

  /// Tries once more to begin connecting. Returns and throws as `connect`.
  mutating func connectAgain(index: Int, _ poller: borrowing Poller) throws(Failure) -> Bool {
    guard let socket, let address else { return true }
    do throws(Failure) {
      guard try socket.begin(to: address) else { return false }
    } catch {
      close()
      throw error
    }
    poller.watch(socket.descriptor, token: token(index), forWriting: true)
    return true
  }

  /// The socket has been connected, or could not be. Without TLS the connection is open afterwards, with TLS its handshake begins.
  /// - Returns: why the connection failed, in which case it is closed again.
  mutating func finishConnecting(over client: TLSClient?, index: Int, _ poller: borrowing Poller) -> Failure? {
    guard let socket, let address else { return nil }
    if let failure = socket.connectFailure {
      close()
      return failure
    }
    poller.change(socket.descriptor, token: token(index), forWriting: false)
    guard let client else {
      state = .open
      return nil
    }
    return beginHandshake(client, to: address, index: index, poller)
  }

  /// Closes the socket, after TLS's goodbye if nothing else is left to send. The request under way stays in `call`.
  mutating func close() {
    if state == .open, let tls, unsent == nil { sayGoodbye(tls) }
    socket?.close()
    socket = nil
    tls = nil
    unsent = nil
    state = .closed
  }

  // MARK: Bytes

  /// Sends as much of a request as the kernel takes; the rest follows once there is room.
  /// - Returns: why not a single byte was sent; `nil` if the request is under way.
  mutating func send(_ call: Call, _ bytes: UnsafeRawBufferPointer, index: Int, _ poller: borrowing Poller) -> Failure? {
    guard let socket else { return nil }
    if call.what == .metrics, let figureBytes { parser.allow(bodyBytes: figureBytes) }
    if let tls { return sendEncrypted(call, bytes, tls, index: index, poller) }
    switch socket.write(bytes) {
    case .failed(let failure): return failure
    case .bytes(let count):
      self.call = call
      if count < bytes.count {
        unsent = (Array(bytes[count...]), 0)
        poller.change(socket.descriptor, token: token(index), forWriting: true)
      }
      return nil
    }
  }

  /// There is room to write again: sends what was left.
  mutating func sendRest(index: Int, _ poller: borrowing Poller) {
    guard let socket, let (bytes, offset) = unsent else { return }
    let written = bytes.withUnsafeBytes { socket.write(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    switch written {
    case .bytes(let count) where offset + count < bytes.count: unsent = (bytes, offset + count)
    case .bytes, .failed:
      // A failure will be reported by reading.
      unsent = nil
      poller.change(socket.descriptor, token: token(index), forWriting: false)
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> StreamSocket.Read { socket?.read(into: buffer) ?? .nothing }
}

/// TLS between the requests and the socket.
extension EngineConnection {
  /// What became of bytes that were received.
  struct Decrypted {
    /// A part of the target's answer, decrypted.
    var bytes: ByteBuffer?
    /// The handshake has just been completed: requests may be sent.
    var isNowOpen = false
    /// Nothing more will come, with or without a fault.
    var hasEnded = false
    var fault: TLSFault?
  }

  private mutating func beginHandshake(
    _ client: TLSClient, to address: SocketAddress, index: Int, _ poller: borrowing Poller
  ) -> Failure? {
    do throws(TLSFault) {
      let session = try TLSSession(client, to: address)
      tls = session
      state = .handshaking
      guard let failure = transmit(session, index: index, poller) else { return nil }
      close()
      return failure
    } catch {
      close()
      return error.failure
    }
  }

  /// Takes in what was read, and sends what TLS answers by itself.
  mutating func decrypt(_ bytes: UnsafeRawBufferPointer, index: Int, _ poller: borrowing Poller) -> Decrypted {
    guard let tls else { return Decrypted() }
    tls.receive(bytes)
    // A failure will be reported by reading.
    _ = transmit(tls, index: index, poller)
    var decrypted = Decrypted(bytes: tls.takeDecrypted(), hasEnded: tls.hasEnded, fault: tls.fault)
    if state == .handshaking, tls.isEstablished {
      state = .open
      decrypted.isNowOpen = true
    }
    return decrypted
  }

  private mutating func sendEncrypted(
    _ call: Call, _ bytes: UnsafeRawBufferPointer, _ tls: TLSSession, index: Int, _ poller: borrowing Poller
  ) -> Failure? {
    tls.send(bytes)
    if let failure = transmit(tls, index: index, poller) { return failure }
    self.call = call
    return nil
  }

  /// Sends what TLS wants to send, behind what has not been sent yet.
  /// - Returns: why nothing could be sent.
  private mutating func transmit(_ tls: TLSSession, index: Int, _ poller: borrowing Poller) -> Failure? {
    guard let socket, let encrypted = tls.takeEncrypted() else { return nil }
    if let (waiting, offset) = unsent {
      unsent = (waiting + encrypted.readableBytesView, offset)
      return nil
    }
    switch encrypted.withUnsafeReadableBytes({ socket.write($0) }) {
    case .failed(let failure): return failure
    case .bytes(let count):
      if count < encrypted.readableBytes {
        unsent = (Array(encrypted.readableBytesView.dropFirst(count)), 0)
        poller.change(socket.descriptor, token: token(index), forWriting: true)
      }
      return nil
    }
  }

  /// Tells the target that nothing was cut off. Whether the target receives it does not matter to us.
  private func sayGoodbye(_ tls: TLSSession) {
    tls.end()
    guard let socket, let encrypted = tls.takeEncrypted() else { return }
    _ = encrypted.withUnsafeReadableBytes { socket.write($0) }
  }
}
