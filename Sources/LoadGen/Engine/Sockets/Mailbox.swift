import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What others ask of a loop: taken by the loop's thread, which is woken up for it.
///
/// This is the only thing that a loop shares with other threads, and so the only lock. The load's requests never pass through it.
final class Mailbox: Sendable {
  typealias Job = @Sendable (inout EngineLoop) -> Void

  private let jobs = Mutex<[Job]>([])
  /// Readable while there are jobs; the loop watches it along with its sockets.
  let readEnd: Int32
  private let writeEnd: Int32

  /// - Throws: `Failure` if the system has no descriptor left.
  init() throws(Failure) {
    var ends: (Int32, Int32) = (-1, -1)
    let code = withUnsafeMutablePointer(to: &ends) { $0.withMemoryRebound(to: Int32.self, capacity: 2) { pipe($0) } }
    guard code == 0 else { throw Failure(errno: errno, otherwise: .exhausted) }
    (readEnd, writeEnd) = ends
    for end in [readEnd, writeEnd] {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Adds a job and wakes the loop. May be called on any thread.
  func put(_ job: @escaping Job) {
    jobs.withLock { $0.append(job) }
    // A write may fail because the pipe is full, but then the loop has been woken already.
    var byte: UInt8 = 0
    _ = write(writeEnd, &byte, 1)
  }

  /// Removes and returns all jobs, in the order in which they were added. May be empty.
  func takeAll() -> [Job] {
    var bytes: (UInt64, UInt64) = (0, 0)
    while read(readEnd, &bytes, 16) == 16 {}
    return jobs.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
  }
}
