/// Random responses, mostly legal, with a few illegal turns that mutation alone would seldom make.
enum ResponseCorpus {
  static let mutation = Mutation(
    words: [
      "\r\n", "\r\n\r\n", "\n", "\r", " ", "\t", ":", ",", ";", "=", "\"", "\\", "0", "9", "f", "G", "-", "+", "0x", "\0",
      "chunked", "gzip", "close", "keep-alive", "Content-Length: 3\r\n", "Content-Length: 99999999999999999999\r\n",
      "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "Connection: close\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.0 ",
      "HTTP/2.0", "100", "204", "304", "600", ";a=\"b\\\"c\"", " folded", "ffffffffffffffff", "<html>", "3, 3", "Upgrade: h2c\r\n",
    ],
    bytes: [0x00, 0x01, 0x0B, 0x1F, 0x7F, 0x80, 0xFF])

  /// One to three responses, one after another, sometimes damaged.
  static func stream(_ dice: inout CodecDice, mutated: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0...dice.below(3) { bytes += response(&dice) }
    if mutated { mutation.apply(to: &bytes, &dice) }
    return bytes
  }

  private static func response(_ dice: inout CodecDice) -> [UInt8] {
    var text = dice.chance(8) ? "HTTP/1.0" : "HTTP/1.1"
    let status =
      dice.chance(2) ? dice.pick([0, 99, 101, 600, 999]) : dice.pick([200, 200, 200, 201, 404, 429, 503, 599, 204, 304, 100, 103])
    text += " \(status)"
    text += dice.pick([" OK", " OK", " Not Found", " ", "", " \u{E9}t\u{E9}", " a\tb  "])
    text += "\r\n"
    var headers: [String] = []
    for _ in 0..<dice.below(4) { headers.append(header(&dice)) }
    let body = self.body(&dice)
    let chunked: Bool
    switch dice.below(12) {
    case 0...4: (chunked, headers) = (false, headers + [lengthHeader(body.count, &dice)])
    case 5...8: (chunked, headers) = (true, headers + [codingHeader(&dice)])
    case 9: (chunked, headers) = (true, headers + [codingHeader(&dice), lengthHeader(body.count, &dice)])
    case 10: (chunked, headers) = (false, headers + [lengthHeader(body.count, &dice), lengthHeader(body.count, &dice)])
    default: chunked = false
    }
    if status == 204 || status == 304 || status < 200, dice.chance(80) {
      headers.removeAll { $0.contains("ncoding") || $0.contains("ength") }
    }
    headers.shuffle(using: &dice)
    text += headers.map { $0 + "\r\n" }.joined() + "\r\n"
    var bytes = Array(text.utf8)
    if status != 204 && status != 304 && status >= 200 { bytes += chunked ? chunks(body, &dice) : body }
    return bytes
  }

  private static func header(_ dice: inout CodecDice) -> String {
    let name = cased(
      dice.pick(["Date", "Server", "X-Trace", "Content-Type", "Location", "Retry-After", "Age", "Connection", "Vary", "A!#$%&'*+-.^_`|~9"]),
      &dice)
    let value = dice.pick([
      "", "x", "120", "application/json; charset=utf-8", "keep-alive", "close", "Upgrade, keep-alive", "a, close", "\u{FC}ber", "a\tb",
      ",,",
    ])
    return name + ":" + space(&dice) + value + space(&dice)
  }

  private static func lengthHeader(_ length: Int, _ dice: inout CodecDice) -> String {
    let value =
      dice.chance(8)
      ? dice.pick(["\(length), \(length)", "0\(length)", "+\(length)", "\(length)x", "", "9223372036854775808", "-1"]) : "\(length)"
    return cased("Content-Length", &dice) + ":" + space(&dice) + value + space(&dice)
  }

  private static func codingHeader(_ dice: inout CodecDice) -> String {
    let value =
      dice.chance(25)
      ? dice.pick([
        "gzip, chunked", "chunked, gzip", "gzip", "identity", "chunked, chunked", "chunked;a=b", "", ", chunked ,",
        "gzip;q=\"a,b\", chunked", "xchunked",
      ]) : "chunked"
    return cased("Transfer-Encoding", &dice) + ":" + space(&dice) + cased(value, &dice) + space(&dice)
  }

  private static func space(_ dice: inout CodecDice) -> String {
    dice.chance(2) ? dice.pick(["\t", "  \t "]) : dice.pick([" ", " ", "", "  "])
  }

  private static func cased(_ text: String, _ dice: inout CodecDice) -> String {
    switch dice.below(4) {
    case 0: text.lowercased()
    case 1: text.uppercased()
    default: text
    }
  }

  private static func body(_ dice: inout CodecDice) -> [UInt8] {
    if dice.chance(20) { return [] }
    if dice.chance(30) { return Array(#"{"order_id":"7","status":"pending"}"#.utf8) }
    return (0..<dice.below(60)).map { _ in UInt8.random(in: 0...255, using: &dice) }
  }

  private static func chunks(_ body: [UInt8], _ dice: inout CodecDice) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = body[...]
    while !rest.isEmpty {
      let piece = rest.prefix(1 + dice.below(rest.count))
      rest = rest.dropFirst(piece.count)
      bytes += Array((size(piece.count, &dice) + chunkExtension(&dice) + "\r\n").utf8) + piece + [0x0D, 0x0A]
    }
    var end = dice.pick(["0", "0", "000"]) + chunkExtension(&dice) + "\r\n"
    for _ in 0..<(dice.chance(20) ? dice.below(3) : 0) { end += header(&dice) + "\r\n" }
    return bytes + Array((end + "\r\n").utf8)
  }

  private static func size(_ count: Int, _ dice: inout CodecDice) -> String {
    dice.pick(["", "", "0", "000"]) + String(count, radix: 16, uppercase: dice.chance(50))
  }

  private static func chunkExtension(_ dice: inout CodecDice) -> String {
    guard dice.chance(20) else { return "" }
    return dice.pick([
      ";a", ";a=b", ";a=\"b c\"", ";a=\"\\\"\";b", " ; a = b", ";a=\"\";c", ";", ";=", " ", ";a=\"\u{E9}\t\"", ";a=", "; a", ";a b",
    ])
  }
}
