import ArgumentParser
import Foundation
import NIOCore
import Shared

/// Exit codes: 0 stopped as asked (or told how it is used), 104 a wrong setting, 1 anything else.
@main
enum Program {
  static func main() async {
    let command: OrderServerCommand
    // A limit on the size of files is told by an error of the write that goes beyond it, too.
    signal(SIGXFSZ, SIG_IGN)
    if let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-") { fail(strayWord(word), code: 104) }
    do {
      command = try OrderServerCommand.parse()
    } catch {
      // --help ends up here too, with a code of its own.
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

  /// Tells whoever started the program that orders may be sent, and where to. Nobody may be reading, which is no reason not to serve.
  private static func announce(url: String) {
    var line = ByteBuffer()
    (["event": "listening", "url": .string(url)] as JSON).encode(into: &line)
    line.writeString("\n")
    try? FileHandle.standardOutput.write(contentsOf: Data(line.readableBytesView))
  }

  /// There are no commands: whoever writes one means a flag, or another program.
  private static func strayWord(_ word: String) -> String {
    let guess = Spelling.nearest(to: word, among: ServerSetting.allCases.map(\.rawValue))
    let remedy = Int(word) == nil ? guess.map { "did you mean '--\($0)'?" } ?? "there are flags alone" : "did you mean '--port \(word)'?"
    return "there is no command '\(Spelling.shown(word))': \(remedy) (order-server --help shows all flags)"
  }

  /// Prints one line and ends the program.
  private static func fail(_ message: String, code: Int32) -> Never {
    // A setting may stand in it as it was given.
    let line = TerminalText.withoutCommands(message.split(whereSeparator: \.isNewline).joined(separator: " "))
    LogFormat.flush(within: .seconds(1))
    // Where nobody reads, nobody is waited for.
    var watched = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&watched, 1, 1_000) > 0 { try? FileHandle.standardError.write(contentsOf: Data("order-server: \(line)\n".utf8)) }
    exit(code)
  }
}
