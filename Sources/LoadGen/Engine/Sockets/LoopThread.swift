import Foundation

/// The thread of one loop, for whoever is not on it.
struct LoopThread: Sendable {
  private let mailbox: Mailbox

  /// - Parameter make: makes the loop, on its own thread.
  /// - Throws: `Failure` where the system has no descriptor left.
  init(_ name: String, make: @escaping @Sendable (Mailbox) throws(Failure) -> EngineLoop) async throws(Failure) {
    let mailbox = try Mailbox()
    let failure = await withCheckedContinuation { continuation in
      let thread = Thread {
        do throws(Failure) {
          var loop = try make(mailbox)
          continuation.resume(returning: Failure?.none)
          loop.run()
        } catch {
          continuation.resume(returning: error)
        }
      }
      thread.name = name
      thread.start()
    }
    if let failure { throw failure }
    self.mailbox = mailbox
  }

  /// Has something done on the thread, some time.
  func execute(_ job: @escaping Mailbox.Job) { mailbox.put(job) }

  /// Has something done on the thread, and waits for what comes of it.
  func run<Result: Sendable>(_ job: @escaping @Sendable (inout EngineLoop) -> Result) async -> Result {
    await withCheckedContinuation { continuation in mailbox.put { continuation.resume(returning: job(&$0)) } }
  }

  /// The loop comes to its end, and the thread with it. Nothing may be asked of it afterwards.
  func end() { execute { $0.end() } }
}
