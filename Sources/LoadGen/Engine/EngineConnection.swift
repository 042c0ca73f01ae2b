import NIOCore

/// One connection of a loop: its socket, the request that is under way on it, and what has come of the answer.
struct EngineConnection: ~Copyable {
  enum State {
    case closed, connecting, open
  }

  private(set) var state = State.closed
  private var socket: StreamSocket?
  /// Rises with every socket, so that an event of an earlier one is told from those of this one.
  private var generation: UInt32 = 0
  var parser = ResponseParser()
  /// The request that is under way.
  var call: Call?
  /// What the kernel has not taken yet of the request, and where it begins.
  private var unsent: (bytes: [UInt8], offset: Int)?

  /// What the poller is to say of this connection.
  private func token(_ index: Int) -> UInt64 { UInt64(generation) << 32 | UInt64(index) }

  /// - Returns: which connection is meant, and which of its successive sockets.
  static func place(of token: UInt64) -> (index: Int, generation: UInt32) { (Int(token & 0xFFFF_FFFF), UInt32(token >> 32)) }

  func isCurrent(_ generation: UInt32) -> Bool { state != .closed && generation == self.generation }

  /// - Throws: `Failure` where it could not even begin.
  mutating func connect(to address: SocketAddress, index: Int, _ poller: borrowing Poller) throws(Failure) {
    let socket = try StreamSocket(connectingTo: address)
    generation &+= 1
    self.socket = socket
    state = .connecting
    parser.reset()
    poller.watch(socket.descriptor, token: token(index), forWriting: true)
  }

  /// The connection was made, or could not be.
  mutating func finishConnecting(index: Int, _ poller: borrowing Poller) -> Failure? {
    guard let socket else { return nil }
    if let failure = socket.connectFailure {
      close()
      return failure
    }
    state = .open
    poller.change(socket.descriptor, token: token(index), forWriting: false)
    return nil
  }

  mutating func close() {
    socket?.close()
    socket = nil
    unsent = nil
    state = .closed
  }

  // MARK: Bytes

  /// Sends a request, as much of it as the kernel takes; the rest follows once it can be written.
  /// - Returns: why not one byte of it was sent; `nil` where it is under way.
  mutating func send(_ call: Call, _ bytes: UnsafeRawBufferPointer, index: Int, _ poller: borrowing Poller) -> Failure? {
    guard let socket else { return nil }
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
