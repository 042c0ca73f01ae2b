import NIOCore

/// One connection of a loop: its socket, its TLS, the request that is under way on it, and what has come of the answer.
struct EngineConnection: ~Copyable {
  enum State {
    case closed, connecting
    /// The socket is connected, and TLS is being agreed on.
    case handshaking
    case open
  }

  private(set) var state = State.closed
  private var socket: StreamSocket?
  /// Where the socket leads, or is to lead.
  private(set) var address: SocketAddress?
  /// `nil` where bytes are sent as they are.
  private var tls: TLSSession?
  /// Rises with every socket, so that an event of an earlier one is told from those of this one.
  private(set) var generation: UInt32 = 0
  var parser: ResponseParser
  /// The request that is under way.
  var call: Call?
  /// Since when, at the latest, the target may have taken the connection for idle: nothing has come on it, or gone out.
  var idleSince = Instant(0)
  /// By how much, at most, the request that is under way may have been sent later than its stamp says, in nanoseconds.
  var sentLate: Int64 = 0
  /// Whether it has brought an answer.
  var hasAnswered = false
  /// What the kernel has not taken yet of what is to be sent, and where it begins.
  private var unsent: (bytes: [UInt8], offset: Int)?

  /// - Parameter header: one that the dialect asks for besides those that are always kept.
  init(watching header: String? = nil) { parser = ResponseParser(watching: header) }

  /// What the poller is to say of this connection.
  private func token(_ index: Int) -> UInt64 { UInt64(generation) << 32 | UInt64(index) }

  /// - Returns: which connection is meant, and which of its successive sockets.
  static func place(of token: UInt64) -> (index: Int, generation: UInt32) { (Int(token & 0xFFFF_FFFF), UInt32(token >> 32)) }

  func isCurrent(_ generation: UInt32) -> Bool { state != .closed && generation == self.generation }

  /// It is on its way to being open.
  var isOpening: Bool { state == .connecting || state == .handshaking }

  var isEncrypted: Bool { tls != nil }

  /// Whether it could carry a request.
  var isIdle: Bool { state == .open && call == nil }

  /// Whether something is to come: an answer, or what the handshake needs.
  var isAwaited: Bool { state == .handshaking || (state == .open && call != nil) }

  /// Whether a connect that is under way is over by now.
  var hasConnected: Bool { state == .connecting && socket?.hasConnected ?? false }

  /// - Returns: false where that is to be tried again in a moment, by `connectAgain`.
  /// - Throws: `Failure` where it could not even begin.
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

  /// The socket was connected, or could not be. Without TLS the connection is open then.
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

  mutating func close() {
    if state == .open, let tls, unsent == nil { sayGoodbye(tls) }
    socket?.close()
    socket = nil
    tls = nil
    unsent = nil
    state = .closed
  }

  // MARK: Bytes

  /// Sends a request, as much of it as the kernel takes; the rest follows once it can be written.
  /// - Returns: why not one byte of it was sent; `nil` where it is under way.
  mutating func send(_ call: Call, _ bytes: UnsafeRawBufferPointer, index: Int, _ poller: borrowing Poller) -> Failure? {
    guard let socket else { return nil }
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

  /// There is room to write again.
  mutating func sendRest(index: Int, _ poller: borrowing Poller) {
    guard let socket, let (bytes, offset) = unsent else { return }
    let written = bytes.withUnsafeBytes { socket.write(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
    switch written {
    case .bytes(let count) where offset + count < bytes.count: unsent = (bytes, offset + count)
    case .bytes, .failed:
      // Of a failure, reading tells.
      unsent = nil
      poller.change(socket.descriptor, token: token(index), forWriting: false)
    }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> StreamSocket.Read { socket?.read(into: buffer) ?? .nothing }
}

/// With TLS between the requests and the socket.
extension EngineConnection {
  /// What came of bytes that were received.
  struct Decrypted {
    /// The target's answer, or a part of it.
    var bytes: ByteBuffer?
    /// The handshake is over: requests may be sent.
    var isNowOpen = false
    /// Nothing more will come, without a fault or for one.
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

  /// Takes up what was read, and sends what TLS answers by itself.
  mutating func decrypt(_ bytes: UnsafeRawBufferPointer, index: Int, _ poller: borrowing Poller) -> Decrypted {
    guard let tls else { return Decrypted() }
    tls.receive(bytes)
    // Of a failure, reading tells.
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

  /// Sends what TLS wants to be sent, after what has not been sent yet.
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

  /// So that the target knows that nothing was cut off. Whether it hears it is its own affair.
  private func sayGoodbye(_ tls: TLSSession) {
    tls.end()
    guard let socket, let encrypted = tls.takeEncrypted() else { return }
    _ = encrypted.withUnsafeReadableBytes { socket.write($0) }
  }
}
