#if canImport(Darwin)
  import Darwin

  /// Waits until sockets can be read or written, or until a given time (kqueue). Used only on one thread.
  struct Poller: ~Copyable {
    private let descriptor: Int32
    private let events: UnsafeMutablePointer<Darwin.kevent>
    /// How many events one wait takes: all that the sockets can have at once, for reading and writing, so that none is left behind to wait
    /// for an unknown time.
    private let mostEvents: Int

    /// - Parameter sockets: how many are watched at most.
    /// - Throws: `Failure` if the system has no descriptor left.
    init(sockets: Int) throws(Failure) {
      descriptor = kqueue()
      guard descriptor >= 0 else { throw Failure(errno: errno, otherwise: .exhausted) }
      mostEvents = max(1, 2 * sockets)
      events = .allocate(capacity: mostEvents)
      events.initialize(repeating: Darwin.kevent(), count: mostEvents)
    }

    deinit {
      close(descriptor)
      events.deallocate()
    }

    /// Watches a socket until it is closed.
    /// - Parameter token: is returned with each of its events.
    func watch(_ socket: Int32, token: UInt64, forWriting: Bool) {
      control(socket, EVFILT_READ, EV_ADD, token)
      if forWriting { control(socket, EVFILT_WRITE, EV_ADD, token) }
    }

    /// Watches the socket for room to write as well, or no longer does.
    func change(_ socket: Int32, token: UInt64, forWriting: Bool) {
      control(socket, EVFILT_WRITE, forWriting ? EV_ADD : EV_DELETE, token)
    }

    private func control(_ socket: Int32, _ filter: Int32, _ flags: Int32, _ token: UInt64) {
      var change = Darwin.kevent()
      change.ident = UInt(socket)
      change.filter = Int16(filter)
      change.flags = UInt16(flags)
      change.udata = UnsafeMutableRawPointer(bitPattern: UInt(token))
      // It fails only for a descriptor that is not an open socket or not watched; then there is nothing to wait for.
      _ = kevent(descriptor, &change, 1, nil, 0, nil)
    }

    /// - Parameter nanoseconds: how long to wait at most; `nil`: without limit.
    /// - Returns: how many events there are, to be read by `event`.
    mutating func wait(_ nanoseconds: Int64?) -> Int {
      let count = waitOnce(nanoseconds)
      // Interrupted, for example by being stopped and continued: what has arrived meanwhile belongs to this turn.
      guard count < 0 else { return count }
      return max(0, waitOnce(0))
    }

    private func waitOnce(_ nanoseconds: Int64?) -> Int {
      var time = timespec()
      if let nanoseconds {
        time.tv_sec = Int(nanoseconds / 1_000_000_000)
        time.tv_nsec = Int(nanoseconds % 1_000_000_000)
      }
      let count = withUnsafePointer(to: &time) {
        kevent(descriptor, nil, 0, events, Int32(clamping: mostEvents), nanoseconds == nil ? nil : $0)
      }
      return Int(count)
    }

    /// One of the events of the last wait. An error and the peer's end count as readable: reading shows which it is.
    func event(_ index: Int) -> (token: UInt64, canRead: Bool, canWrite: Bool) {
      let event = events[index]
      return (
        UInt64(UInt(bitPattern: event.udata)), Int32(event.filter) == EVFILT_READ, Int32(event.filter) == EVFILT_WRITE
      )
    }
  }
#endif
