/// The paths to look up, combined into a tree so that one pass over a document finds all of them.
struct JSONPathTree: Sendable {
  /// One place in the document that lies on at least one of the paths.
  struct Node: Sendable {
    /// The children, as a range of `edges`.
    var edges = 0..<0
    /// Where a value found here is stored; −1 if no path ends here.
    var slot = -1
    /// The slots of this node and of all its descendants.
    var slots = 0..<0
  }

  /// The step from a node to one of its children.
  struct Edge: Sendable {
    /// The key's bytes, as a range of `keys`.
    var key: Range<Int>
    /// The key read as an array index; −1 if it is not one.
    var index: Int
    /// The child's place in `nodes`.
    var child: Int
  }

  /// The first node is the document itself.
  private(set) var nodes = [Node()]
  private(set) var edges: [Edge] = []
  /// The bytes of all keys, one after another.
  private(set) var keys: [UInt8] = []
  /// How many different paths there are, which is how many values a reader can find.
  private(set) var slotCount = 0
  /// The slot of each given path, in the order given; equal paths share a slot.
  private(set) var slotOfPath: [Int]

  /// - Parameter paths: each as its keys from the outermost inwards.
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
    // Keys are compared as bytes, because Swift strings treat different spellings of one character as equal.
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

  /// The index that a key spells, in canonical form only: `0`, `7`, `12`, but not `07`; −1 otherwise.
  private static func index(_ key: [UInt8]) -> Int {
    if key.count > 1, key[0] == UInt8(ascii: "0") { return -1 }
    return key.withUnsafeBytes { DecimalDigits.value($0) } ?? -1
  }

  /// The tree in plain memory, as `JSONReader` walks it. Valid only as long as the `JSONPaths` that owns the memory.
  struct View {
    let nodes: UnsafeBufferPointer<Node>
    let edges: UnsafeBufferPointer<Edge>
    let keys: UnsafeBufferPointer<UInt8>
  }
}

extension JSONPathTree.View {
  /// The child of a node for an object's key; −1 if nothing below that key is looked up.
  @inline(__always)
  func child(of node: Int, key: JSONText, in document: UnsafeRawBufferPointer) -> Int {
    for edge in nodes[node].edges where matches(edges[edge].key, key, in: document) { return edges[edge].child }
    return -1
  }

  /// The child of a node for an array's element; −1 if nothing below that element is looked up.
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
