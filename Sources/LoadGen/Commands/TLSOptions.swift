import ArgumentParser
import LoadReports
import LoadRun

/// The flags that say what is trusted of an https target, and what is shown to it.
struct TLSOptions: ParsableArguments {
  @Flag(name: [.customShort("k"), .long], help: "Takes whoever answers for an https target: its certificate is not verified.")
  var insecure = false
  @Option(help: "Certificates in PEM, one of which must have signed that of an https target (the system's).") var cacert: String?
  @Option(help: "A certificate in PEM for an https target that asks for one.") var cert: String?
  @Option(help: "The private key of --cert, in PEM (the same file).") var key: String?

  /// Adds what was said by flags.
  func add(to layers: inout SettingLayers) {
    if insecure { layers.set(.insecure, ["true"], from: "--insecure") }
    for (setting, text) in [(Setting.cacert, cacert), (.cert, cert), (.key, key)] {
      if let text { layers.set(setting, [text], from: "--\(setting.rawValue)") }
    }
  }
}
