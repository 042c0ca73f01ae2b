/// Why bytes are not an HTTP/1.1 response that can be read. Their connection cannot be used any more, because it is unknown where the next
/// response would begin.
enum BadResponse: Error, Equatable, CustomStringConvertible {
  /// The kind of line that is at fault.
  enum Part: String, Sendable {
    case statusLine = "status line"
    case header
    case chunkLine = "chunk size line"
    case trailer
  }

  case notHTTP(found: String)
  case version(found: String)
  case statusLine(found: String)
  case status(found: String)
  case switchedProtocols
  case lineEnding(in: Part, found: String)
  case controlCharacter(UInt8, in: Part)
  case headerName(found: String)
  case spaceBeforeHeader(found: String)
  case headTooLong(limit: Int)
  case tooManyHeaders(limit: Int)
  case contentLength(found: String)
  case conflictingLengths(Int, Int)
  case transferEncoding(found: String)
  case chunkSize(found: String)
  case chunkExtension(found: String)
  case chunkLineTooLong(limit: Int)
  case chunkEnd(found: UInt8)
  /// The peer closed the connection before the response was complete. `missing`: how many bytes of the body were still to come; `nil` if
  /// unknown.
  case cutOff(during: String, missing: Int?)

  /// One word by which errors are counted.
  var kind: String {
    switch self {
    case .notHTTP: "not_http"
    case .version: "version"
    case .statusLine: "status_line"
    case .status: "status"
    case .switchedProtocols: "switched_protocols"
    case .lineEnding: "line_ending"
    case .controlCharacter: "control_character"
    case .headerName: "header_name"
    case .spaceBeforeHeader: "space_before_header"
    case .headTooLong: "head_too_long"
    case .tooManyHeaders: "too_many_headers"
    case .contentLength: "content_length"
    case .conflictingLengths: "conflicting_lengths"
    case .transferEncoding: "transfer_encoding"
    case .chunkSize: "chunk_size"
    case .chunkExtension: "chunk_extension"
    case .chunkLineTooLong: "chunk_line_too_long"
    case .chunkEnd: "chunk_end"
    case .cutOff: "cut_off"
    }
  }

  var description: String {
    switch self {
    case .notHTTP(let found):
      "the answer begins with '\(found)': an HTTP/1.1 response begins with 'HTTP/1.1 '"
    case .version(let found):
      "the answer's version is '\(found)': only HTTP/1.1 and HTTP/1.0 are spoken"
    case .statusLine(let found):
      "the status line is '\(found)': right would be a version, a space, three digits, a space and a reason, as in 'HTTP/1.1 200 OK'"
    case .status(let found):
      "the status code is '\(found)': right would be three digits from 100 to 599"
    case .switchedProtocols:
      "the answer is 101, a change of protocol that nobody asked for"
    case .lineEnding(let part, let found):
      "a \(part.rawValue) ends in a line feed alone, after '\(found)': right would be a carriage return and a line feed"
    case .controlCharacter(let byte, let part):
      "the control character \(ByteScan.hexadecimal(byte)) stands in a \(part.rawValue): only printable characters and tabs may"
    case .headerName(let found):
      "'\(found)' is no header: right would be a name, a colon directly after it, and a value, as in 'Content-Length: 12'"
    case .spaceBeforeHeader(let found):
      "'\(found)' begins with white space, as if it went on with a header, and there is none before it: right would be a name"
    case .headTooLong(let limit):
      "status line and headers are longer than \(limit) bytes, the most that is read"
    case .tooManyHeaders(let limit):
      "there are more than \(limit) headers, the most that are read"
    case .contentLength(let found):
      "Content-Length is '\(found)': right would be a number of bytes, at most \(Int.max)"
    case .conflictingLengths(let first, let second):
      "Content-Length is given as \(first) and as \(second): a response has one length"
    case .transferEncoding(let found):
      "Transfer-Encoding is '\(found)': right would be codings parted by commas, with 'chunked' once at most and without parameters"
    case .chunkSize(let found):
      "a chunk's size is '\(found)': right would be a hexadecimal number, at most \(String(Int.max, radix: 16))"
    case .chunkExtension(let found):
      "a chunk's extension is '\(found)': right would be ';name' or ';name=value' directly after the size"
    case .chunkLineTooLong(let limit):
      "a chunk's size and extensions are longer than \(limit) bytes, the most that is read"
    case .chunkEnd(let found):
      "a chunk's data is followed by \(ByteScan.hexadecimal(found)): right would be a carriage return and a line feed"
    case .cutOff(let stage, let missing?):
      "the connection was closed in the midst of the \(stage), \(missing) bytes before its end"
    case .cutOff(let stage, nil):
      "the connection was closed in the midst of the \(stage)"
    }
  }
}
