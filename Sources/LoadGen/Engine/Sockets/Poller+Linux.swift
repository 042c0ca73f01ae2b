#if os(Linux)
  import CPolling
  import Glibc

  /// Waits until sockets can be read or written, or until a given time (epoll). Used only on one thread.
  struct Poller: ~Copyable {
    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    /// How many events one wait takes: one per socket, so that none is left behind to wait for an unknown time.
    private let mostEvents: Int

    /// - Parameter sockets: how many are watched at most.
    /// - Throws: `Failure` if the system has no descriptor left.
    init(sockets: Int) throws(Failure) {
      descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
      guard descriptor >= 0 else { throw Failure(errno: errno, otherwise: .exhausted) }
      mostEvents = max(1, sockets)
      events = .allocate(capacity: mostEvents)
      events.initialize(repeating: epoll_event(), count: mostEvents)
    }

    deinit {
      close(descriptor)
      events.deallocate()
    }

    /// Watches a socket until it is closed.
    /// - Parameter token: is returned with each of its events.
    func watch(_ socket: Int32, token: UInt64, forWriting: Bool) { control(EPOLL_CTL_ADD, socket, token, forWriting) }

    /// Watches the socket for room to write as well, or no longer does.
    func change(_ socket: Int32, token: UInt64, forWriting: Bool) { control(EPOLL_CTL_MOD, socket, token, forWriting) }

    private func control(_ operation: Int32, _ socket: Int32, _ token: UInt64, _ forWriting: Bool) {
      var event = epoll_event()
      event.events = EPOLLIN.rawValue | (forWriting ? EPOLLOUT.rawValue : 0)
      event.data.u64 = token
      // It fails only for a descriptor that is not an open socket; then there is nothing to wait for.
      _ = epoll_ctl(descriptor, operation, socket, &event)
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
      Int(epoll_wait_nanoseconds(descriptor, events, Int32(clamping: mostEvents), nanoseconds.map { max(0, $0) } ?? -1))
    }

    /// One of the events of the last wait. An error and the peer's end count as readable: reading shows which it is.
    func event(_ index: Int) -> (token: UInt64, canRead: Bool, canWrite: Bool) {
      let event = events[index]
      return (
        event.data.u64, event.events & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0,
        event.events & (EPOLLOUT.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
      )
    }
  }
#endif
