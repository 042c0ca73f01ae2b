import Shared
import Testing

@Suite("Faults, as they are written")
struct FaultTextTests {
  @Test("Every form of every fault is read back from its own text as the same fault, whatever its share")
  func roundTrip() throws {
    #expect(Fault.examples.count > 100)
    for fault in Fault.examples {
      for share in ["100%", "10%", "0.25", "7%"] {
        var fault = fault
        fault.share = try Share(text: share)
        #expect(try Fault(text: fault.description) == fault, "\(fault)")
      }
    }
    #expect(Set(Fault.examples.map(\.description)).count == Fault.examples.count)
  }

  @Test(
    "A fault is read as what it says",
    arguments: [
      ("total=-1", Fault(.figures(.one(.total), .offset(-1)))), ("total=+1", Fault(.figures(.one(.total), .offset(1)))),
      ("completed=-2.5%", Fault(.figures(.one(.count(.completed)), .scaled(percent: -2.5)))),
      ("failed=as:completed", Fault(.figures(.one(.count(.failed)), .countedAs(.completed)))),
      ("averages=as:completion", Fault(.figures(.averages, .span(.completion)))),
      ("average_processing=fixed:2.5", Fault(.figures(.one(.average(.processing)), .fixed(2.5)))),
      ("figures=stale:1m30s", Fault(.figures(.all, .stale(.seconds(90))))), ("metrics=503", Fault(.metrics(.status(503)))),
      ("requests=skipped:4xx", Fault(.figures(.requests, .skipped(.clientError)))),
      ("requests=milliseconds", Fault(.figures(.requests, .milliseconds))), ("requests=shifted", Fault(.figures(.requests, .shifted))),
      ("orders=anothers-data", Fault(.orders(.anothersData))), ("creates=stored-500", Fault(.creates(.storedThough500))),
      ("ids=reused", Fault(.ids(.reused))), ("wire=drip:5ms", Fault(.wire(.drip(.milliseconds(5))))),
    ])
  func means(text: String, fault: Fault) throws {
    #expect(try Fault(text: text) == fault)
    #expect(fault.description == text)
  }

  @Test("What comes last is the share of readings, orders or answers, and an amount before it stays an amount")
  func share() throws {
    let fault = try Fault(text: "figures=stale:2s:10%")
    #expect(fault.kind == .figures(.all, .stale(.seconds(2))) && fault.share.fraction == 0.1)
    #expect(try Fault(text: "orders=lost:0.5").description == "orders=lost:50%")
    #expect(try Fault(text: "averages=without-slowest:10%:50%").description == "averages=without-slowest:10%:50%")
    #expect(try Fault(text: "orders=lost:100%").description == "orders=lost")
  }

  @Test(
    "A text that is no fault is refused with what was found, and what would be right",
    arguments: [
      ("", "write what is wrong, and how, as in total=-1"), ("total", "as in total=-1"), ("totl=-1", "did you mean 'total'?"),
      ("colour=red", "'colour' is nothing that can be wrong, as total or orders are"),
      ("total=1", "total can be ±N, ±P%, fixed:N"), ("total=-1x", "and not '-1x'"), ("total=+9999999999", "±N"),
      ("total=-9223372036854775808", "±N"), ("total=-101%", "±P%"), ("total=+nan%", "±P%"), ("total=median", "and not 'median'"),
      ("orders=last", "did you mean 'lost'?"), ("orders=", "orders can be lost, twice"), ("figures=stale", "as in figures=stale:2s"),
      ("figures=stale:2", "'2' is not a duration: it needs a unit"), ("figures=stale:0s", "from 1us to 24h"),
      ("figures=per-process:1", "from 2 to 1000"), ("failed=as:complete", "'complete' is not a status: it is one of pending"),
      ("estimate=unit:h", "it is one of us, ms, m"), ("averages=fixed:-1", "at least 0"), ("metrics=200", "CODE"),
      ("requests=skipped", "as in requests=skipped:4xx"),
      ("requests=skipped:404", "'404' is not a class of statuses: it is one of 2xx, 3xx, 4xx, 5xx"), ("requests=gone", "and not 'gone'"),
      ("orders=lost:110%", "'110%' is not a share: it must lie"), ("orders=lost:0%", "greater than 0%"), ("orders=lost:", "a share"),
      ("orders=lost:10%:20%", "nothing comes after the share, and not ':20%'"),
    ])
  func refuses(text: String, remedy: String) {
    let error = #expect(throws: UnitError.self) { try Fault(text: text) }
    let words = error?.description ?? ""
    #expect(
      words.hasPrefix("'\(text)' is not a fault: ") && words.contains(remedy) && words.hasSuffix("(--help faults lists all)"), "\(words)")
  }

  @Test("The help has each form of each fault, with an example that can be read")
  func help() throws {
    let lines = Fault.help.textLines
    let examples = lines.filter { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").last.map(String.init) }
    for example in examples { #expect(throws: Never.self) { try Fault(text: example) } }
    for word in [
      "total", "average_completion", "figures", "sums", "histograms", "requests", "metrics", "orders", "creates", "ids", "wire",
      "cancelled",
    ] {
      #expect(lines.contains { $0.contains(": ") && $0.contains(word) }, "\(word)")
    }
    for fault in Fault.examples {
      let how = fault.description.split(separator: "=")[1].split(separator: ":")[0]
      #expect(Fault.help.contains("=\(how)"), "\(fault)")
    }
    #expect(lines.allSatisfy { $0.count <= 140 })
  }
}
