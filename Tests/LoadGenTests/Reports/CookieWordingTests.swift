import Testing

@testable import LoadReports
@testable import LoadRun

@Suite("What is told of cookies")
struct CookieWordingTests {
  private func summary(lost: Int, refused: Int, cookies: Summary.Cookies?) -> Summary {
    var summary = SampleRun(rate: 10).summary()
    summary.orders.lost = lost
    summary.errors =
      refused > 0 ? [Summary.ErrorCount(phase: "poll", kind: "http_status", status: 401, count: refused, example: "401")] : []
    summary.cookies = cookies
    return summary
  }

  @Test("Lost orders, or answers 401, of a target that set a cookie come with the hint in every report; without either there is none")
  func hints() throws {
    let cookies = Summary.Cookies(answers: 1_200, name: "AWSALB")
    #expect(summary(lost: 0, refused: 0, cookies: cookies).cookieHint == nil)
    #expect(summary(lost: 3, refused: 9, cookies: nil).cookieHint == nil)
    let hint = try #require(summary(lost: 3, refused: 0, cookies: cookies).cookieHint)
    #expect(hint.hasPrefix("3 orders were lost, and 1,200 answers set a cookie (Set-Cookie: AWSALB), which loadgen does not keep"))
    #expect(summary(lost: 0, refused: 9, cookies: cookies).cookieHint?.hasPrefix("9 answers were 401 or 403, and 1,200") == true)
    let both = summary(lost: 3, refused: 9, cookies: Summary.Cookies(answers: 1, name: nil))
    for report in [TerminalReport.render(both, colour: false, width: 1_000), MarkdownReport.render(both), HTMLReport.render(both)] {
      #expect(report.contains("1 answer sets a cookie (Set-Cookie), which loadgen does not keep"), "\(report)")
    }
  }

  @Test("What loops saw of cookies merges in any order")
  func merges() {
    var first = CookiesSeen()
    var second = CookiesSeen()
    first.add(name: "b")
    second.add(name: "a")
    second.add(name: "c")
    var other = second
    other.merge(first)
    first.merge(second)
    #expect(first == other && first.answers == 3 && first.name == "a")
  }
}
