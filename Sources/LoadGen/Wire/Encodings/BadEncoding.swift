/// Why an encoded body cannot be had as it was before.
enum BadEncoding: Error, Equatable, CustomStringConvertible {
  /// Neither gzip nor deflate, or several codings one after the other; fit for printing.
  case unknown(String)
  case damaged(ContentCoding)
  case cutOff(ContentCoding)
  case followed(ContentCoding)
  /// The decoded body would be longer; in bytes.
  case tooLong(ContentCoding, limit: Int)
  /// The encoded body itself is longer than is read, in bytes.
  case tooMuch(ContentCoding, length: Int, limit: Int)
  case noMemory(ContentCoding)

  /// Whether it is we who have not read the body to its end.
  var isOurs: Bool {
    switch self {
    case .tooLong, .tooMuch, .noMemory: true
    case .unknown, .damaged, .cutOff, .followed: false
    }
  }

  var description: String {
    switch self {
    case .unknown(let found): "the answer is encoded as \(found), and only gzip and deflate are read"
    case .damaged(let coding): "the answer's \(coding) encoding is broken: its bytes, or their checksum, are not as they were written"
    case .cutOff(let coding): "the answer's \(coding) encoding is broken: it ends too early"
    case .followed(let coding): "the answer's \(coding) encoding is broken: something stands after its end"
    case .tooLong(let coding, let limit): "the answer, which is encoded as \(coding), has more than \(limit) bytes, the most that are read"
    case .tooMuch(let coding, let length, let limit):
      "the answer has \(length) bytes, encoded as \(coding), and at most \(limit) of that are read"
    case .noMemory(let coding): "the answer is encoded as \(coding), and there is no memory to undo that"
    }
  }
}
