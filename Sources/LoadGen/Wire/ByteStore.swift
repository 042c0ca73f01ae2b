/// Bytes that are collected and discarded for each response, in memory that is kept for the next one.
///
/// An array's own `append` and `removeAll` cost several times what copying a small body does, because they can replace any range by any
/// collection.
struct ByteStore {
  /// The largest memory, in bytes, that is kept while empty: a thousand connections must not hold on to the largest bodies they have seen.
  static let mostKept = 64 << 10

  private var storage: [UInt8] = []
  private(set) var count = 0

  /// How many bytes fit without a new allocation.
  var capacity: Int { storage.count }
  var isEmpty: Bool { count == 0 }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    let end = count &+ bytes.count
    if end > storage.count { grow(to: end) }
    let start = count
    storage.withUnsafeMutableBytes { UnsafeMutableRawBufferPointer(rebasing: $0[start..<end]).copyMemory(from: bytes) }
    count = end
  }

  /// Keeps the memory for the next response, unless it has grown beyond `mostKept`.
  @inline(__always)
  mutating func removeAll() {
    count = 0
    if storage.count > Self.mostKept { storage = [] }
  }

  /// Keeps only the first `length` bytes, and frees the memory of the others.
  mutating func shorten(to length: Int) {
    guard count > length else { return }
    storage = Array(storage[..<length])
    count = length
  }

  @inline(__always)
  func withBytes<Result, Failure>(_ use: (UnsafeRawBufferPointer) throws(Failure) -> Result) throws(Failure) -> Result {
    try storage.withUnsafeBufferPointer { bytes throws(Failure) in
      try use(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[0..<count]))
    }
  }

  /// Lends the bytes for changing them in place.
  mutating func withMutableBytes(_ use: (UnsafeMutableRawBufferPointer) -> Void) {
    let count = count
    storage.withUnsafeMutableBytes { use(UnsafeMutableRawBufferPointer(rebasing: $0[0..<count])) }
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    let capacity = max(needed, storage.count * 2, 128)
    storage = withBytes { kept in
      [UInt8](unsafeUninitializedCapacity: capacity) { memory, initialized in
        let memory = UnsafeMutableRawBufferPointer(memory)
        memory.copyMemory(from: kept)
        UnsafeMutableRawBufferPointer(rebasing: memory[kept.count...]).initializeMemory(as: UInt8.self, repeating: 0)
        initialized = capacity
      }
    }
  }
}
