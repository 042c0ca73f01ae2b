import ArgumentParser
import Foundation
import NIOCore
import Shared

/// Exit codes: 0 stopped as asked, or after `--help`; 104 a wrong setting, or a store that cannot be opened; 1 anything else.
@main
enum Program {
  static func main() async {
    let command: OrderServerCommand
    StandardStreams.fill(discards: true)
    // A write beyond the process's limit on file sizes would end the program by this signal. Ignored, the write fails with an error.
    signal(SIGXFSZ, SIG_IGN)
    if CommandLine.arguments.dropFirst().elementsEqual(["--help", "faults"]) {
      print(Fault.help, terminator: "")
      exit(0)
    }
    if let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") { fail(strayWord(word), code: 104) }
    do {
      command = try OrderServerCommand.parse()
    } catch {
      // `--help` is thrown as an error too, but with a code of success.
      guard !OrderServerCommand.exitCode(for: error).isSuccess else {
        print(OrderServerCommand.fullMessage(for: error))
        exit(0)
      }
      fail("\(OrderServerCommand.message(for: error)) (order-server --help shows all flags)", code: 104)
    }
    do {
      let settings = Settings(flags: command.said, environment: ProcessInfo.processInfo.environment)
      try await OrderServer(try settings.configuration(), onListening: announce).run()
      LogFormat.flush(within: .seconds(1))
    } catch let error as ConfigurationError {
      fail(error.description, code: 104)
    } catch let error as StoreOpeningError {
      fail(error.description, code: 104)
    } catch {
      fail("\(error)", code: 1)
    }
  }

  /// Prints a line of JSON on standard output once orders may be sent, with the server's URL. A failed write is ignored: the server
  /// serves whether or not anybody reads that.
  private static func announce(url: String) {
    var line = ByteBuffer()
    (["event": "listening", "url": .string(url)] as JSON).encode(into: &line)
    line.writeString("\n")
    try? FileHandle.standardOutput.write(contentsOf: Data(line.readableBytesView))
  }

  /// The error for a first argument without a dash. There are no commands, so a flag was meant, or another program.
  private static func strayWord(_ word: String) -> String {
    let guess = Spelling.nearest(to: word, among: ServerSetting.allCases.map(\.rawValue))
    let remedy = Int(word) == nil ? guess.map { "did you mean '--\($0)'?" } ?? "there are flags alone" : "did you mean '--port \(word)'?"
    return "there is no command '\(Spelling.shown(word))': \(remedy) (order-server --help shows all flags)"
  }

  /// Prints one line and ends the program.
  private static func fail(_ message: String, code: Int32) -> Never {
    // The message may quote a setting as it was given, with characters that would steer a terminal.
    let line = TerminalText.withoutCommands(message.split(whereSeparator: \.isNewline).joined(separator: " "))
    LogFormat.flush(within: .seconds(1))
    // Waits at most a second for a reader of standard error that stands still.
    var watched = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&watched, 1, 1_000) > 0 { try? FileHandle.standardError.write(contentsOf: Data("order-server: \(line)\n".utf8)) }
    exit(code)
  }
}
