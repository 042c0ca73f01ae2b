import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

/// The program: without a command it prints three examples.
@main
struct LoadGenCommand: AsyncParsableCommand {
  static let version = ToolVersion.text

  static let configuration = CommandConfiguration(
    commandName: "loadgen",
    abstract: "Loads an order API, follows every order to its end, and audits what the API says about itself.",
    version: version,
    subcommands: [
      RunCommand.self, SimulateCommand.self, CompareCommand.self, ABCommand.self, HistoryCommand.self, CapacityCommand.self,
      ReportCommand.self, DemoCommand.self,
      DialectsCommand.self, SelfTestCommand.self, CalibrateCommand.self,
    ])

  func run() async throws {
    print(
      """
      loadgen loads an order API, follows every order to its end, and holds the API's own /metrics against what it saw.

        loadgen demo
            starts an order server, sends it 2,000 orders at 200/s, and writes a report
        loadgen run http://127.0.0.1:8000 -c 100 -n 20000
            100 creates in flight until 20,000 orders are sent
        loadgen run http://127.0.0.1:8000 --rate 200/s -d 30s --threshold 'accept.p(99)<50ms'
            arrivals at a rate, whether or not the API keeps up, and a rule that must hold

      'loadgen run --help' names every flag.
      """)
  }

  /// Where every command ends: an error becomes one clear line, and the exit code for it.
  static func main() async {
    StandardStreams.fill(discards: false)
    // The reader of our output may leave: that is noticed by the result of a write.
    signal(SIGPIPE, SIG_IGN)
    // So is the limit on a file's length.
    signal(SIGXFSZ, SIG_IGN)
    do {
      if let refusal = StrayWord.refusal(of: Array(CommandLine.arguments.dropFirst()), to: self) { throw ConfigurationError(refusal) }
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try Console.flush()
    } catch let code as ExitCode {
      do { try Console.flush() } catch { if code.rawValue == 0 { fail("\(error)", .failed) } }
      Foundation.exit(code.rawValue)
    } catch let error as ConfigurationError {
      fail("\(error)", .configuration)
    } catch let error as ReportFolderError {
      fail("\(error)", .configuration)
    } catch is CancellationError {
      fail("interrupted before the first order", .interrupted)
    } catch  where exitCode(for: error) == .success {
      // The help or the version was asked for.
      print(fullMessage(for: error))
      do { try Console.flush() } catch { fail("\(error)", .failed) }
    } catch  where exitCode(for: error) == .validationFailure {
      // A wrong flag counts as a wrong configuration.
      fail(message(for: error), .configuration)
    } catch {
      fail("\(error)", .failed)
    }
  }

  private static func fail(_ text: String, _ outcome: Outcome) -> Never {
    Console.note(text)
    Console.write(GitHubJob(ProcessInfo.processInfo.environment).annotation(ofFailure: text), to: STDERR_FILENO)
    Foundation.exit(Int32(outcome.exitCode))
  }
}
