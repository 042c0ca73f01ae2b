import Shared

/// A tree of paths in memory that does not move, for as long as a scanner lives.
///
/// A scanner is copied and lent about on the hot path: one reference is cheap there, four arrays are not.
// @unchecked: the memory is written in init and freed in deinit, and only read in between.
final class JSONPaths: @unchecked Sendable {
  let view: JSONPathTree.View
  /// For each path that was given, the slots of its spellings: the value is in the first that holds one.
  let slots: [[Int]]
  /// The slot of the first path as nested keys; nil where no path was given.
  let firstSlot: Int?
  /// Those of the first path's other spellings.
  let otherFirstSlots: [Int]
  let slotCount: Int

  init(_ paths: [FieldPath]) {
    let spellings = paths.map(\.spellings)
    let tree = JSONPathTree(spellings.flatMap { $0 })
    view = JSONPathTree.View(nodes: Self.copy(tree.nodes), edges: Self.copy(tree.edges), keys: Self.copy(tree.keys))
    var taken = 0
    slots = spellings.map { spellings in
      taken += spellings.count
      return Array(tree.slotOfPath[taken - spellings.count..<taken])
    }
    firstSlot = slots.first?.first
    otherFirstSlots = slots.first.map { Array($0.dropFirst()) } ?? []
    slotCount = tree.slotCount
  }

  deinit {
    view.nodes.deallocate()
    view.edges.deallocate()
    view.keys.deallocate()
  }

  /// Nodes, edges and bytes hold no references, so that their memory is given back without deinitializing them.
  private static func copy<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
    return UnsafeBufferPointer(memory)
  }
}
