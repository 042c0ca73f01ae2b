import Testing

/// A way in which our parser and llhttp (9.3, as NIOHTTP1 drives it) differ on purpose, with a response that shows it.
struct ResponseDifference: CustomTestStringConvertible, Sendable {
  let name: String
  /// Why ours is right, or is at least allowed.
  let reason: String
  let example: String
  let applies: @Sendable (ResponseCase) -> Bool
  /// Takes the difference out of the bytes: what is left must be read alike, or differ in another way that is named. For a
  /// difference whose consequences are too many to be told one by one.
  var cured: (@Sendable ([UInt8]) -> [UInt8])?

  var testDescription: String { name }

  static let all = ours + theirs

  /// What we take and llhttp does not, or takes otherwise.
  private static let ours = [
    ResponseDifference(
      name: "tab",
      reason:
        "RFC 9110, 5.6.3: white space around a value is spaces and tabs. llhttp knows spaces only: a tab makes it refuse a length "
        + "and overlook chunked or close.",
      example: "HTTP/1.1 200 OK\r\nContent-Length: 0\t\r\n\r\n",
      applies: { difference in
        ["content-length", "transfer-encoding", "connection"].contains { difference.values($0).contains { $0.contains("\t") } }
      },
      cured: { bytes in
        let text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        let header = /(?i:content-length|transfer-encoding|connection):[^\r\n]*/.matchingSemantics(.unicodeScalar)
        return text.replacing(header) { $0.output.replacing("\t", with: " ") }.unicodeScalars.map { UInt8($0.value) }
      }),
    ResponseDifference(
      name: "equal lengths",
      reason: "RFC 9110, 8.6: the same length given twice, in one header or in two, may be taken as that length. llhttp refuses it.",
      example: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
      applies: { difference in
        difference.isRefusedByThem(for: "content-length")
          && (difference.values("content-length").count > 1 || difference.values("content-length").contains { $0.contains(",") })
      }),
    ResponseDifference(
      name: "coding and length",
      reason: "RFC 9112, 6.3: Transfer-Encoding overrides Content-Length, and the connection is not used again. llhttp refuses it.",
      example: "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      applies: { difference in
        !difference.values("content-length").isEmpty && !difference.values("transfer-encoding").isEmpty
          && (difference.isRefusedByThem(for: "unknown", "content-length") && !difference.isRefusedByUs || difference.isClosedByUsOnly)
      }),
    ResponseDifference(
      name: "coding in HTTP/1.0",
      reason: "RFC 9112, 6.1: the connection is closed after it. llhttp believes its keep-alive.",
      example: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      applies: { difference in
        difference.heads.last?.first?.hasPrefix("HTTP/1.0") == true && !difference.values("transfer-encoding").isEmpty
          && difference.isClosedByUsOnly
      }),
    ResponseDifference(
      name: "close and keep-alive in HTTP/1.0",
      reason: "RFC 9112, 9.3: close wins. llhttp looks for nothing but keep-alive in HTTP/1.0.",
      example: "HTTP/1.0 204 \r\nConnection: keep-alive, close\r\n\r\n",
      applies: { difference in
        difference.isClosedByUsOnly && difference.heads.last?.first?.hasPrefix("HTTP/1.0") == true
          && ["close", "keep-alive"].allSatisfy { option in difference.values("connection").contains { $0.lowercased().contains(option) } }
      }),
    ResponseDifference(
      name: "folded header",
      reason: "RFC 9112, 5.2: a user agent reads a header that goes on in a second line as one with spaces. llhttp refuses it.",
      example: "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
      applies: { difference in
        difference.isRefusedByThem && (difference.text.has(/[^\r\n]\r\n[ \t]/) || difference.before.has(/[^\r\n]\r\n[ \t]/))
      }),
    ResponseDifference(
      name: "empty coding",
      reason:
        "RFC 9110, 5.6.1.2: empty elements of a list are skipped. llhttp overlooks chunked where a comma follows it, or looks for "
        + "nothing more.",
      example: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked ,\r\n\r\n0\r\n\r\n",
      applies: { difference in
        difference.isClosedByThem && difference.values("transfer-encoding").contains { $0.lowercased().has(/chunked[ ,]*,[ ,]*$/) }
      }),
    ResponseDifference(
      name: "no coding at all",
      reason:
        "RFC 9112, 6.3: a Transfer-Encoding without chunked, though it names no coding, overrides Content-Length, and the body runs "
        + "until the close. llhttp overlooks a header without a value.",
      example: "HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\nContent-Length: 0\r\n\r\nabc",
      applies: { difference in
        difference.isClosedByUs && difference.values("transfer-encoding").contains { $0.has(/^[ ,]*$/) }
      }),
    ResponseDifference(
      name: "trailer",
      reason: "RFC 9110, 6.5.1: a trailer is no header. llhttp lets Content-Length, Transfer-Encoding and Connection in a trailer count.",
      example: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: x\r\n\r\n",
      applies: { difference in
        // It shows at once, or in what is said of the next response.
        let trailer = /\r\n0+(;[^\r\n]*)?\r\n([^\r\n]+\r\n)*(content-length:|transfer-encoding:|connection:[^\r\n]*close)/
        return !difference.isRefusedByUs && difference.isRefusedByThem(for: "content-length", "close message", "unknown")
          && (difference.text.lowercased().has(trailer) || difference.before.lowercased().has(trailer))
      }),
    ResponseDifference(
      name: "spaced extension",
      reason: "RFC 9112, 7.1.1: white space around ';' and '=' of a chunk's extension is read and dropped. llhttp refuses it.",
      example: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0 ; a = b\r\n\r\n",
      applies: { difference in
        difference.isRefusedByThem(for: "chunk size", "strict") && difference.text.has(/\r\n[0-9A-Fa-f]+[^\r\n]*(?:[ \t][;=]|[;=][ \t])/)
      }),
    ResponseDifference(
      name: "interim that closes",
      reason:
        "An interim response is not the last (RFC 9110, 15.2), whatever its version or its Connection says. llhttp wants nothing "
        + "behind it.",
      example: "HTTP/1.0 100 Continue\r\n\r\nHTTP/1.1 204 \r\n\r\n",
      applies: { difference in
        difference.heads.count > 1 && (difference.isRefusedByThem(for: "close message") || difference.theirs == .ended)
          && difference.heads.dropLast().contains { head in
            head[0].hasPrefix("HTTP/1.0") || head.contains { $0.lowercased().has(/^connection:.*close/) }
          }
      }),
  ]

  /// What llhttp, or NIO, takes and we do not.
  private static let theirs = [
    ResponseDifference(
      name: "interim and no more",
      reason:
        "A connection that is closed after an interim response has not answered. NIO drops the interim response and sees nothing amiss.",
      example: "HTTP/1.1 100 Continue\r\n\r\n",
      applies: { $0.isRefusedByUs(for: "cut_off") && $0.theirs == .ended && $0.heads.count > 1 }),
    ResponseDifference(
      name: "switched protocols",
      reason: "Nobody asked for another protocol. NIO gives out the 101 and stops reading.",
      example: "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      applies: { $0.isRefusedByUs(for: "switched_protocols") }),
    ResponseDifference(
      name: "status over 599",
      reason: "RFC 9110, 15: codes are 100 to 599. llhttp takes any three digits.",
      example: "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n",
      applies: { $0.isRefusedByUs(for: "status") && $0.heads.contains { $0.first?.has(/^HTTP\/1\.[01] [06-9]\d\d/) == true } }),
    ResponseDifference(
      name: "control character in the reason",
      reason: "RFC 9112, 4: a reason is printable. llhttp does not look at it.",
      example: "HTTP/1.1 204 No\u{1}Content\r\n\r\n",
      applies: { difference in
        difference.isRefusedByUs(for: "control_character")
          && difference.heads.contains { $0.first?.has(/^HTTP\/1\.[01] \d\d\d[^\n]*[\x00-\x08\x0B-\x1F\x7F]/) == true }
          || difference.isRefusedByUs(for: "status") && difference.heads.contains { $0.first?.has(/^HTTP\/1\.[01] \d\d\d\r/) == true }
      }),
    ResponseDifference(
      name: "empty lines before",
      reason:
        "RFC 9112, 2.2 lets servers skip empty lines before a request, and says nothing of clients: such bytes belong to no "
        + "response. llhttp skips them.",
      example: "\r\nHTTP/1.1 204 \r\n\r\n",
      applies: { $0.isRefusedByUs(for: "not_http") && $0.text.has(/^[\r\n]|^HTTP\/1\.[01] 1\d\d(?s:.)*\n\r?\n[\r\n]/) }),
    ResponseDifference(
      name: "loose extension",
      reason:
        "RFC 9112, 7.1.1: an extension has a name, and a token or a string in quotes where it has an equals sign. llhttp lets both "
        + "be empty, or mixed.",
      example: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0;a=\r\n\r\n",
      applies: { difference in
        difference.isRefusedByUs(for: "chunk_extension")
          && difference.lines.contains { $0.has(/^[0-9A-Fa-f]+[ \t]*;/) && !$0.has(extensionGrammar) }
      }),
    ResponseDifference(
      name: "length over 2⁶³",
      reason: "No such body can be counted in an Int. llhttp counts to 2⁶⁴.",
      example: "HTTP/1.1 204 \r\nContent-Length: 9223372036854775808\r\n\r\n",
      applies: { difference in
        difference.isRefusedByUs(for: "content_length")
          && difference.values("content-length").contains { UInt64($0.trimming(while: " \t".contains)).map { $0 > Int.max } ?? false }
      }),
    ResponseDifference(
      name: "malformed coding",
      reason:
        "A coding is a token, and chunked has no parameters and stands once (RFC 9112, 7). llhttp takes anything else for an "
        + "unknown coding, and reads until the close.",
      example: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked;a=b\r\n\r\n",
      applies: { $0.isRefusedByUs(for: "transfer_encoding") && !$0.values("transfer-encoding").isEmpty }),
  ]
}

/// A chunk's line as RFC 9112 has it.
nonisolated(unsafe) private let extensionGrammar =
  /^[0-9A-Fa-f]+([ \t]*;[ \t]*[-!#$%&'*+.^_`|~\w]+([ \t]*=[ \t]*([-!#$%&'*+.^_`|~\w]+|"([^"\\]|\\.)*"))?)*$/
