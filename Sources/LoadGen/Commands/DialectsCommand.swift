import ArgumentParser
import Foundation
import LoadReports
import LoadRun
import Shared

/// `loadgen dialects`: lists, shows, guesses and checks dialects.
struct DialectsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dialects",
    abstract: "Lists, shows, guesses and checks how order APIs spell things.",
    discussion: """
      Examples:
        loadgen dialects
        loadgen dialects guess http://127.0.0.1:8000 > my-shop.yaml
        loadgen dialects show standard > my-shop.yaml
        loadgen dialects check my-shop.yaml --target http://127.0.0.1:8000
        loadgen run http://127.0.0.1:8000 --dialect my-shop.yaml
      """,
    subcommands: [List.self, Show.self, DialectsGuessCommand.self, DialectsCheckCommand.self],
    defaultSubcommand: List.self)

  /// `loadgen dialects list`, the default.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the dialects that need no file.")

    func run() {
      let width = Dialect.builtIn.map(\.name.count).max() ?? 0
      for dialect in Dialect.builtIn {
        print("\(dialect.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(dialect.summary)")
      }
      print(
        """

        For any other API write a file, or have one guessed:
          loadgen dialects show standard > my-shop.yaml
          loadgen dialects guess http://127.0.0.1:8000 > my-shop.yaml
          loadgen dialects check my-shop.yaml --target http://127.0.0.1:8000
        """)
    }
  }

  /// `loadgen dialects show`: prints a dialect as a file to start from.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a dialect as YAML to start from.",
      discussion: "Example: loadgen dialects show standard > my-shop.yaml")

    @Argument(help: "A dialect's name, or a dialect file.") var dialect: String

    func run() throws { print(DialectWriter.text(try .named(dialect)), terminator: "") }
  }
}

extension Dialect {
  /// - Parameter place: a dialect's name, or the path of a dialect file.
  /// - Throws: `ConfigurationError` for every kind of failure.
  static func named(_ place: String) throws(ConfigurationError) -> Dialect {
    do { return try Scenario.dialect(place) } catch let error as ConfigurationError { throw error } catch {
      throw ConfigurationError("\(error)")
    }
  }
}
