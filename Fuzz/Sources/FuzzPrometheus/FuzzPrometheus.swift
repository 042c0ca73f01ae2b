import Finding
@testable import LoadRun

/// Whatever stands in a text: it is read the same when it is written anew from what was read, each sample alone is read as among the others,
/// and what an error names is a line of the text. The input's first byte says which format it is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = UnsafeRawBufferPointer(UnsafeBufferPointer(start: start, count: count))
  let text = Array(input.dropFirst())
  let format: PrometheusScanner.Format = (input.first ?? 0) & 1 == 0 ? .text : .openMetrics

  let whole = Scan(text, format)
  if let error = whole.error {
    let lines = text.count { $0 == UInt8(ascii: "\n") } + 1
    expect(1...lines + 1 ~= error.line, "\(error) of \(lines) lines")
    expect(!error.description.isEmpty, "an error without words")
    return 0
  }
  for sample in whole.samples {
    expect(sample.labels.count <= PrometheusScanner.mostLabels, "\(sample.labels.count) labels")
    expect(Set(sample.labels.map(\.name)).count == sample.labels.count, "a label twice")
    expect(!sample.number.isEmpty, "a number without digits")
    let alone = Scan(sample.line, .text)
    expect(alone.error == nil && alone.samples == [sample], "\(sample) alone: \(alone)")
  }
  // The same lines in the other format.
  let written = whole.samples.flatMap(\.line)
  expect(Scan(written, .text).samples == whole.samples, "written anew")
  expect(Scan(written + Array("# EOF\n".utf8), .openMetrics).samples == whole.samples, "written anew as OpenMetrics")
  return 0
}

/// What a text says.
private struct Scan: PrometheusVisitor {
  struct Sample: Equatable {
    struct Label: Equatable {
      var name: [UInt8]
      var value: [UInt8]
    }

    var name: [UInt8]
    var labels: [Label]
    var number: [UInt8]

    /// Everything in quotes, so that any bytes can be a name.
    var line: [UInt8] {
      func quoted(_ bytes: [UInt8]) -> [UInt8] {
        let escaped = bytes.flatMap { byte -> [UInt8] in
          switch byte {
          case UInt8(ascii: "\n"): Array("\\n".utf8)
          case UInt8(ascii: "\\"), UInt8(ascii: "\""): [UInt8(ascii: "\\"), byte]
          default: [byte]
          }
        }
        return [UInt8(ascii: "\"")] + escaped + [UInt8(ascii: "\"")]
      }
      let terms = [quoted(name)] + labels.map { quoted($0.name) + [UInt8(ascii: "=")] + quoted($0.value) }
      return [UInt8(ascii: "{")] + terms.joined(separator: [UInt8(ascii: ",")]) + Array("} ".utf8) + number + [UInt8(ascii: "\n")]
    }
  }

  var samples: [Sample] = []
  var error: BadPrometheusText?

  init(_ text: [UInt8], _ format: PrometheusScanner.Format) {
    text.withUnsafeBytes { bytes in
      do throws(BadPrometheusText) { try PrometheusScanner.scan(bytes, as: format, &self) } catch { self.error = error }
    }
  }

  mutating func visit(_ sample: borrowing PrometheusSample) {
    samples.append(
      Sample(
        name: sample.name.unescaped, labels: sample.labels.map { Sample.Label(name: $0.name.unescaped, value: $0.value.unescaped) },
        number: Array(sample.value)))
  }

  mutating func visit(family: PrometheusWord, type: UnsafeRawBufferPointer) {}
}
