import Finding
@testable import LoadRun

/// Whatever a peer sends: the parser says the same however it is cut, and what it says is what a plain reading of the rules says.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let plan = Plan(input)
  let bytes = Array(input.dropFirst(Plan.byteCount))

  var parser = ResponseParser(limits: plan.limits)
  let whole = Scrape(of: bytes, by: &parser, pieces: [bytes.count])
  // The parser is used again, whatever state the reading before left it in.
  parser.reset()
  let single = Scrape(of: bytes, by: &parser, pieces: [1])
  expect(single == whole, "read byte by byte: \(single)\nread whole: \(whole)")
  var fresh = ResponseParser(limits: plan.limits)
  let pieces = Scrape(of: bytes, by: &fresh, pieces: plan.pieces)
  expect(pieces == whole, "read in pieces of \(plan.pieces): \(pieces)\nread whole: \(whole)")

  let plain = PlainReading(of: bytes, limits: plan.limits)
  expect(whole.responses == plain.responses, "the parser read \(whole.responses)\nplainly read \(plain.responses)")
  let refusal = whole.error.map { PlainReading.Refusal($0) }
  expect(refusal == plain.refusal, "the parser ended with \(whole.error as Any)\nplainly read \(plain.refusal as Any)")
  return 0
}
