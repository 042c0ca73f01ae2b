import LoadRun

/// What is said as JUnit XML, of whatever: groups of cases that pass, fail or are skipped.
enum JUnit {
  /// The whole file.
  /// - Parameters:
  ///   - seconds: how long all of it took.
  ///   - startedAt: RFC 3339.
  static func document(name: String, seconds: Double, startedAt: String, _ suites: [Suite]) -> String {
    let total = suites.map(\.cases.count).reduce(0, +)
    let failures = suites.map(\.failures).reduce(0, +)
    let skipped = suites.map(\.skipped).reduce(0, +)
    let root: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(name)" tests="\(total)" failures="\(failures)" errors="0" skipped="\(skipped)" time="\(Figure.decimal(seconds))">
      \(suites.map { $0.markup(startedAt: startedAt) })</testsuites>

      """
    return root.text
  }

  /// A group of test cases.
  struct Suite {
    let name: String
    let cases: [Case]

    var failures: Int { cases.filter { if case .failed = $0.result { true } else { false } }.count }
    var skipped: Int { cases.filter { if case .skipped = $0.result { true } else { false } }.count }

    func markup(startedAt: String) -> Markup {
      """
        <testsuite name="\(name)" tests="\(cases.count)" failures="\(failures)" errors="0" skipped="\(skipped)" timestamp="\(startedAt)">
      \(cases.map { $0.markup(suite: name) })  </testsuite>

      """
    }
  }

  /// A test case. All its texts are escaped when it is written.
  struct Case {
    /// Passed, or why not.
    enum Result {
      case passed
      case failed(String, kind: String)
      case skipped(String)
    }

    let name: String
    let result: Result
    let output: String

    func markup(suite: String) -> Markup {
      let inner: Markup =
        switch result {
        case .passed: ""
        case .failed(let sentence, let kind): "      <failure message=\"\(sentence)\" type=\"\(kind)\">\(sentence)</failure>\n"
        case .skipped(let sentence): "      <skipped message=\"\(sentence)\"/>\n"
        }
      return """
            <testcase name="\(name)" classname="loadgen.\(suite)" time="0">
        \(inner)      <system-out>\(output)</system-out>
            </testcase>

        """
    }
  }
}
