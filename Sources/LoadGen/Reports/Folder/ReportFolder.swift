import Foundation
package import LoadRun
import Shared

/// The folder of a run, to which all its reports are written.
///
/// No file is left half-written: files are first written to a staging folder, and then renamed to their places.
package struct ReportFolder {
  /// One file of the folder.
  struct File: Sendable, Equatable {
    let name: String
    let content: Data
  }

  /// The names of all files that a run may write.
  static let names = [
    "summary.json", "report.html", "report.md", "junit.xml", "timeseries.csv", "latencies.hlog", "accept.hgrm", "accept_service.hgrm",
    "completion.lower.hgrm", "completion.upper.hgrm", "orders.csv", "orders.jsonl",
  ]

  /// The names of the files that are not made from the summary.
  static let sources = [SummaryFile.name, "orders.csv", "orders.jsonl"]

  /// All reports of a run, `summary.json` first.
  /// - Throws: `SummaryError` where the summary cannot be written as JSON.
  static func files(_ summary: Summary) throws -> [File] {
    [File(name: SummaryFile.name, content: try summary.json())] + rendered(summary)
  }

  /// What is made from a summary, `report.html` first.
  static func rendered(_ summary: Summary) -> [File] {
    func text(_ name: String, _ content: String) -> File { File(name: name, content: Data(content.utf8)) }
    return [
      text("report.html", HTMLReport.render(summary)),
      text("report.md", MarkdownReport.render(summary)),
      text("junit.xml", JUnitReport.render(summary)),
      text("timeseries.csv", TimeseriesCSV.render(summary)),
    ] + [HDRLog.render(summary).map { text("latencies.hlog", $0) }].compactMap { $0 } + spectra(summary)
  }

  /// The percentile spectra of what was measured; empty histograms have none.
  private static func spectra(_ summary: Summary) -> [File] {
    func file(_ name: String, _ histogram: String, _ censored: String) -> File? {
      let observed = summary.histogram(histogram)
      guard !observed.isEmpty else { return nil }
      let spectrum = HDRPercentiles.render(observed, censored: summary.histogram(censored).count)
      return File(name: name + ".hgrm", content: Data(spectrum.utf8))
    }
    /// Lower ends have no unbounded values: censored intervals count with the time that they had waited.
    func lower(_ name: IntervalName) -> File? {
      var known = summary.histogram(HistogramName.lower(name))
      known.merge(summary.histogram(HistogramName.censored(name)))
      return known.isEmpty ? nil : File(name: "\(name.rawValue).lower.hgrm", content: Data(HDRPercentiles.render(known).utf8))
    }
    return [
      file("accept", HistogramName.observed(.accept), HistogramName.censored(.accept)),
      file("accept_service", HistogramName.observed(.acceptService), HistogramName.censored(.acceptService)),
      lower(.completion),
      file("completion.upper", HistogramName.upper(.completion), HistogramName.censored(.completion)),
    ].compactMap { $0 }
  }

  /// Writes the reports of a run: `summary.json`, from which all others can be made, and then as many of the others as possible.
  ///
  /// Where the folder exists, the files of an earlier run are atomically replaced one by one, or removed where this run does not have them;
  /// all other files are left alone.
  /// - Parameter orders: the files that were written while the run went on, which are finished; `nil` where there are none.
  /// - Returns: for each missing file, why it could not be written.
  /// - Throws: `ReportFolderError` where not even the summary could be written, and nothing else was; `SummaryError` where it cannot be
  ///   made.
  package static func write(_ summary: Summary, orders: OrderFiles? = nil, to path: String) throws -> [ReportFolderError] {
    try write(try files(summary), orders: orders, to: path)
  }

  /// Writes what is made from the summary of a run to the folder that it was read from: `summary.json` itself, which may have more than this
  /// version knows, is left alone, as the files of orders are.
  /// - Returns: for each missing file, why it could not be written.
  /// - Throws: `ReportFolderError` where not even `report.html` could be written, and nothing was.
  package static func renew(_ summary: Summary, in path: String) throws -> [ReportFolderError] {
    try write(rendered(summary), to: path, replacing: names.filter { !sources.contains($0) })
  }

  /// Writes the first file, and as many of the others as possible.
  /// - Parameter replaced: names of files that are removed where they are not among those that are written.
  /// - Returns: for each missing file, why it could not be written.
  /// - Throws: `ReportFolderError` where the first could not be written, and nothing was.
  static func write(
    _ files: [File], orders: OrderFiles? = nil, to path: String, replacing replaced: [String] = names
  ) throws -> [ReportFolderError] {
    let staging = try StagingFolder(for: path)
    var missing: [ReportFolderError] = []
    do {
      for (index, file) in files.enumerated() {
        do { try staging.write(file) } catch let error as ReportFolderError where index > 0 { missing.append(error) }
      }
      missing += orders?.move(to: staging) ?? []
      try staging.moveIntoPlace(replacing: replaced)
    } catch {
      staging.remove()
      throw error
    }
    return missing
  }

  /// Checks, before a run starts, that its reports can be written: by writing a file to a staging folder and removing it.
  /// - Throws: `ReportFolderError` where they cannot.
  package static func checkWritable(_ path: String) throws { try checkWritable(path, of: names) }

  /// The same of a folder of other files.
  static func checkWritable(_ path: String, of names: [String]) throws {
    let staging = try StagingFolder(for: path)
    defer { staging.remove() }
    try staging.checkPlaces(of: names)
    try staging.write(File(name: "probe", content: Data("loadgen was here\n".utf8)))
  }
}
