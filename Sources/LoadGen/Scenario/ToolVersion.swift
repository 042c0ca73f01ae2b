/// This program's version.
package enum ToolVersion {
  package static let text = "0.1.0"
}
