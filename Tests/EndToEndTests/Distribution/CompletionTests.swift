import Foundation
import Testing

extension EndToEnd.LoadGen {
  /// What the shells are told by `--generate-completion-script`.
  @Suite("Completions")
  struct CompletionTests {
    /// What bash offers for the last of the words.
    private static func offers(_ words: String...) async throws -> [String] {
      try await withTemporaryFolder { folder in
        let script = try await Programs.loadgen("--generate-completion-script", "bash")
        #expect(script.code == 0, "\(script.errors)")
        let file = folder.appendingPathComponent("loadgen")
        try Data(script.output.utf8).write(to: file)
        let ask = #"""
          source "$1"; shift
          COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
          function=$(complete -p loadgen | sed 's/.* -F \([^ ]*\) .*/\1/')
          "$function" loadgen "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
          printf '%s\n' "${COMPREPLY[@]}"
          """#
        let done = try await Programs.run("/usr/bin/env", ["bash", "-c", ask, "bash", file.path] + words)
        #expect(done.code == 0 && done.errors.isEmpty, "\(done.errors)")
        return done.output.split(whereSeparator: \.isWhitespace).map(String.init)
      }
    }

    @Test("bash offers the commands, and the flags of the one that is being typed")
    func bash() async throws {
      #expect(try await Self.offers("loadgen", "a") == ["ab"])
      #expect(try await Self.offers("loadgen", "ab", "--u").contains("--until-decided"))
      #expect(try await Self.offers("loadgen", "run", "--un").isEmpty)
      #expect(try await Self.offers("loadgen", "run", "--th") == ["--threshold", "--think-time"])
    }

    @Test(
      "zsh and fish read theirs without a complaint",
      arguments: [("zsh", "loadgen"), ("zsh", "order-server"), ("fish", "loadgen"), ("fish", "order-server")].filter { Toolbox.wants($0.0) }
    )
    func others(shell: String, program: String) async throws {
      let path = try Toolbox.path(shell)
      try await withTemporaryFolder { folder in
        let script = try await Programs.run(
          Programs.folder.appendingPathComponent(program).path, ["--generate-completion-script", shell])
        let file = folder.appendingPathComponent("script")
        try Data(script.output.utf8).write(to: file)
        let done = try await Programs.run(path, ["-n", file.path])
        #expect(
          done.code == 0 && done.errors.isEmpty && script.output.contains("request-timeout") == (program == "loadgen"), "\(done.errors)")
      }
    }
  }
}
