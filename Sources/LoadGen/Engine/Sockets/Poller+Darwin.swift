#if canImport(Darwin)
  import Darwin

  /// Waits until sockets can be read or written, or until a time has come (kqueue). Lives on one thread.
  struct Poller: ~Copyable {
    private let descriptor: Int32
    private let events: UnsafeMutablePointer<Darwin.kevent>
    /// Of one wait: as many as the sockets can have, to be read and to be written, so that nothing is left behind of which nobody knows how
    /// long it has waited.
    private let mostEvents: Int

    /// - Parameter sockets: how many are watched at most.
    /// - Throws: `Failure` where the system has no descriptor left.
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

    /// Begins to watch a socket, until it is closed.
    /// - Parameter token: comes back with each of its events.
    func watch(_ socket: Int32, token: UInt64, forWriting: Bool) {
      control(socket, EVFILT_READ, EV_ADD, token)
      if forWriting { control(socket, EVFILT_WRITE, EV_ADD, token) }
    }

    /// Watches a socket from now on for room to write, too, or no longer for it.
    func change(_ socket: Int32, token: UInt64, forWriting: Bool) {
      control(socket, EVFILT_WRITE, forWriting ? EV_ADD : EV_DELETE, token)
    }

    private func control(_ socket: Int32, _ filter: Int32, _ flags: Int32, _ token: UInt64) {
      var change = Darwin.kevent()
      change.ident = UInt(socket)
      change.filter = Int16(filter)
      change.flags = UInt16(flags)
      change.udata = UnsafeMutableRawPointer(bitPattern: UInt(token))
      // It fails only for what is no open socket, or not watched; then there is nothing to wait for.
      _ = kevent(descriptor, &change, 1, nil, 0, nil)
    }

    /// - Parameter nanoseconds: how long at most; `nil` without end.
    /// - Returns: how many events there are to be taken.
    mutating func wait(_ nanoseconds: Int64?) -> Int {
      let count = waitOnce(nanoseconds)
      // Interrupted, as by being stopped and going on: what has come meanwhile is there, and belongs to this turn.
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

    /// What the last wait brought. An error or the peer's end is read like bytes: reading says which it is.
    func event(_ index: Int) -> (token: UInt64, canRead: Bool, canWrite: Bool) {
      let event = events[index]
      return (
        UInt64(UInt(bitPattern: event.udata)), Int32(event.filter) == EVFILT_READ, Int32(event.filter) == EVFILT_WRITE
      )
    }
  }
#endif
