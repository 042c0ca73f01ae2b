/// The places that are asked for, put together as a tree, so that one pass over a document finds them all.
struct JSONPathTree: Sendable {
  struct Node: Sendable {
    /// The children, as a range of `edges`.
    var edges = 0..<0
    /// Where a value found here is kept; −1 where none is asked for.
    var slot = -1
    /// The slots of this node and of all below it.
    var slots = 0..<0
  }

  struct Edge: Sendable {
    /// The key, as a range of `keys`.
    var key: Range<Int>
    /// The key as an array's index; −1 where it is none.
    var index: Int
    var child: Int
  }

  /// The first is the document itself.
  private(set) var nodes = [Node()]
  private(set) var edges: [Edge] = []
  /// All keys' bytes.
  private(set) var keys: [UInt8] = []
  private(set) var slotCount = 0
  /// For each path that was given, its slot: equal paths share one.
  private(set) var slotOfPath: [Int]

  /// - Parameter paths: each as its keys from the outside in.
  init(_ paths: [[String]]) {
    slotOfPath = Array(repeating: 0, count: paths.count)
    build(node: 0, depth: 0, paths: paths.enumerated().map { (index: $0.offset, keys: $0.element) })
  }

  private mutating func build(node: Int, depth: Int, paths: [(index: Int, keys: [String])]) {
    let firstSlot = slotCount
    let ending = paths.filter { $0.keys.count == depth }
    if !ending.isEmpty {
      nodes[node].slot = slotCount
      for path in ending { slotOfPath[path.index] = slotCount }
      slotCount += 1
    }
    let goingOn = paths.filter { $0.keys.count > depth }
    // Keys are compared by their bytes, not as Swift's strings: two spellings of one character are two keys.
    var groups: [(key: [UInt8], paths: [(index: Int, keys: [String])])] = []
    for path in goingOn {
      let key = Array(path.keys[depth].utf8)
      if let known = groups.firstIndex(where: { $0.key == key }) {
        groups[known].paths.append(path)
      } else {
        groups.append((key, [path]))
      }
    }
    nodes[node].edges = edges.count..<edges.count + groups.count
    let firstChild = nodes.count
    for (offset, group) in groups.enumerated() {
      edges.append(Edge(key: keys.count..<keys.count + group.key.count, index: Self.index(group.key), child: firstChild + offset))
      keys += group.key
      nodes.append(Node())
    }
    for (offset, group) in groups.enumerated() { build(node: firstChild + offset, depth: depth + 1, paths: group.paths) }
    nodes[node].slots = firstSlot..<slotCount
  }

  /// `0`, `7`, `12`, but not `07`.
  private static func index(_ key: [UInt8]) -> Int {
    if key.count > 1, key[0] == UInt8(ascii: "0") { return -1 }
    return key.withUnsafeBytes { DecimalDigits.value($0) } ?? -1
  }

  /// The tree as a reader walks it.
  struct View {
    let nodes: UnsafeBufferPointer<Node>
    let edges: UnsafeBufferPointer<Edge>
    let keys: UnsafeBufferPointer<UInt8>
  }
}

extension JSONPathTree.View {
  /// The child of a node for an object's key.
  @inline(__always)
  func child(of node: Int, key: JSONText, in document: UnsafeRawBufferPointer) -> Int {
    for edge in nodes[node].edges where matches(edges[edge].key, key, in: document) { return edges[edge].child }
    return -1
  }

  /// The child of a node for an array's element.
  @inline(__always)
  func child(of node: Int, index: Int) -> Int {
    for edge in nodes[node].edges where edges[edge].index == index { return edges[edge].child }
    return -1
  }

  @inline(__always)
  private func matches(_ wanted: Range<Int>, _ key: JSONText, in document: UnsafeRawBufferPointer) -> Bool {
    if key.hasEscapes { return matchesUnescaped(wanted, key, in: document) }
    guard wanted.count == key.end &- key.start else { return false }
    for offset in 0..<wanted.count where keys[wanted.lowerBound &+ offset] != document[key.start &+ offset] { return false }
    return true
  }

  private func matchesUnescaped(_ wanted: Range<Int>, _ key: JSONText, in document: UnsafeRawBufferPointer) -> Bool {
    var bytes = UnescapedBytes(UnsafeRawBufferPointer(rebasing: document[key.start..<key.end]))
    var index = wanted.lowerBound
    while let byte = bytes.next() {
      guard index < wanted.upperBound, keys[index] == byte else { return false }
      index += 1
    }
    return index == wanted.upperBound
  }
}
