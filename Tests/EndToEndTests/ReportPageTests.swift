import Foundation
import Testing

#if os(Linux)
  extension EndToEnd.LoadGen {
    /// `report.html` as a browser shows it, on a phone, on half a screen and on a whole one.
    @Suite("The report in a browser")
    struct ReportPageTests {
      /// A run of each kind that looks different.
      enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case passing, failing, stalled, empty, simulated, hostile

        var testDescription: String { rawValue }

        func run(into folder: String) async throws -> Programs.Finished {
          switch self {
          case .passing:
            return try await Programs.loadgen("demo", "-n", "300", "-o", folder)
          case .failing:
            return try await RunningProgram.fake(["--service-time", "0.3", "--lie", "total=-1", "--refuse", "0.05", "--answer", "500"]) {
              url in
              try await Programs.loadgen(
                "run", url, "--rate", "40/s", "-d", "4s", "--poll", "20ms", "--exclusive", "--threshold", "accept.p(99)<1us", "--threshold",
                "completion.p(95)<250ms", "--threshold", "accepted.rate>1000/s", "-o", folder)
            }
          case .stalled:
            return try await RunningProgram.hostile(["stall", "--after", "40"]) { url in
              try await Programs.loadgen(
                "run", url, "--rate", "20/s", "-d", "4s", "--request-timeout", "1s", "--order-timeout", "1s", "-o", folder)
            }
          case .empty:
            let script = Programs.fixtures.appendingPathComponent("answering_server.py").path
            return try await RunningProgram.with("/usr/bin/env", ["python3", script, "404"]) { _, url in
              try await Programs.loadgen("run", url, "-n", "9", "-c", "1", "-o", folder)
            }
          case .simulated:
            return try await Programs.loadgen(
              "simulate", "--rate", "2/s..30/s over 2m, 30/s for 1m", "--arrivals", "poisson", "--workers", "20", "--service-time",
              "exponential:1s", "--warmup", "20s", "--poll", "1s", "-o", folder)
          case .hostile:
            return try await RunningProgram.hostile(["huge", "--every", "3"]) { url in
              try await Programs.loadgen(
                "run", url, "-n", "30", "-c", "2", "--label", "note=\(String(repeating: "unbroken", count: 30))", "-o", folder)
            }
          }
        }
      }

      @Test(
        "Nothing is cut, spills over or is written over at 400, 800 and 1,400 pixels, and no script runs",
        .enabled(if: Browser.isThere, Browser.missing), arguments: Kind.allCases)
      func fits(kind: Kind) async throws {
        try await withTemporaryFolder { folder in
          let done = try await kind.run(into: "\(folder.path)/run")
          let page = try RunFolder(folder.appendingPathComponent("run")).text("report.html")
          #expect(page.contains("<svg") || kind == .empty, "\(done.output)\(done.errors)")
          let script = try String(contentsOf: Programs.fixtures.appendingPathComponent("measure_page.js"), encoding: .utf8)
          // In a frame, for a window cannot be narrower than some; a frame of a document's own text can be looked into.
          let text = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
          let frames = [400, 800, 1_400].map {
            "<iframe id=\"at-\($0)\" style=\"width:\($0)px;height:30000px;border:0\" srcdoc=\"\(text)\"></iframe>"
          }
          let wrapper = folder.appendingPathComponent("wrapper.html")
          try Data("<!DOCTYPE html><meta charset=utf-8>\(frames.joined())<pre id=\"result\"></pre><script>\(script)</script>".utf8)
            .write(to: wrapper)
          let document = try await Browser.document(of: wrapper.absoluteString, in: folder, flags: ["--window-size=1600,1000"])
          let result = try #require(document.firstMatch(of: /<pre id="result">([^<]*)<\/pre>/), "nothing was measured")
          let faults = try JSONDecoder().decode([String].self, from: Data(Self.unescaped(result.1).utf8))
          #expect(faults.isEmpty, "\(faults.prefix(20).joined(separator: "\n"))")
        }
      }

      private static func unescaped(_ text: Substring) -> String {
        String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
      }
    }
  }
#endif
