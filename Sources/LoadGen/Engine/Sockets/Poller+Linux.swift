#if os(Linux)
  import CPolling
  import Glibc

  /// Waits until sockets can be read or written, or until a time has come (epoll). Lives on one thread.
  struct Poller: ~Copyable {
    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    /// Of one wait: as many as there are sockets, so that nothing is left behind of which nobody knows how long it has waited.
    private let mostEvents: Int

    /// - Parameter sockets: how many are watched at most.
    /// - Throws: `Failure` where the system has no descriptor left.
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

    /// Begins to watch a socket, until it is closed.
    /// - Parameter token: comes back with each of its events.
    func watch(_ socket: Int32, token: UInt64, forWriting: Bool) { control(EPOLL_CTL_ADD, socket, token, forWriting) }

    /// Watches a socket from now on for room to write, too, or no longer for it.
    func change(_ socket: Int32, token: UInt64, forWriting: Bool) { control(EPOLL_CTL_MOD, socket, token, forWriting) }

    private func control(_ operation: Int32, _ socket: Int32, _ token: UInt64, _ forWriting: Bool) {
      var event = epoll_event()
      event.events = EPOLLIN.rawValue | (forWriting ? EPOLLOUT.rawValue : 0)
      event.data.u64 = token
      // It fails only for what is no open socket; then there is nothing to wait for.
      _ = epoll_ctl(descriptor, operation, socket, &event)
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
      Int(epoll_wait_nanoseconds(descriptor, events, Int32(clamping: mostEvents), nanoseconds.map { max(0, $0) } ?? -1))
    }

    /// What the last wait brought. An error or the peer's end is read like bytes: reading says which it is.
    func event(_ index: Int) -> (token: UInt64, canRead: Bool, canWrite: Bool) {
      let event = events[index]
      return (
        event.data.u64, event.events & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0,
        event.events & (EPOLLOUT.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
      )
    }
  }
#endif
