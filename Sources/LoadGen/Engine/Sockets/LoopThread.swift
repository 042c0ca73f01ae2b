import Foundation

/// The thread of one loop, for use from other threads.
struct LoopThread: Sendable {
  private let mailbox: Mailbox

  /// Starts the thread.
  /// - Parameter make: makes the loop; called on the new thread.
  /// - Throws: `Failure` if the system has no descriptor left.
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

  /// Has the job done on the thread, without waiting for it.
  func execute(_ job: @escaping Mailbox.Job) { mailbox.put(job) }

  /// Has the job done on the thread, and waits for its result.
  func run<Result: Sendable>(_ job: @escaping @Sendable (inout EngineLoop) -> Result) async -> Result {
    await withCheckedContinuation { continuation in mailbox.put { continuation.resume(returning: job(&$0)) } }
  }

  /// Ends the loop and its thread. Nothing may be asked of it afterwards.
  func end() { execute { $0.end() } }
}
