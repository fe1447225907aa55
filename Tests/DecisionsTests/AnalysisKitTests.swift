import Decisions
import Foundation
import Testing

/// The compatibility kit's models, where they are at hand: far more of DMN than the profile.
private let kitModels: [URL] = {
    let environment = ProcessInfo.processInfo.environment["AMENDS_TCK"]
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let folder =
        environment.map { URL(filePath: $0) } ?? repository.appending(path: "../shared/dmn-tck")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "dmn" }
        .sorted { $0.path() < $1.path() }
}()

@Suite(.enabled(if: !kitModels.isEmpty, "the DMN test kit is not here"))
struct AnalysisKitTests {
    /// Every model that loads by itself; those that import others do not.
    private func models() -> [Model] {
        kitModels.compactMap { file in
            (try? Data(contentsOf: file)).flatMap {
                try? Model(xml: [UInt8]($0), file: file.lastPathComponent)
            }
        }
    }

    @Test func `every model of the kit can be looked at`() {
        var options = Analysis.Options()
        options.namesProfile = true
        options.citation = "clause"
        let models = models()
        #expect(models.count > 100)
        for model in models {
            for finding in Analysis.findings(in: model, options: options) {
                #expect(!finding.english.isEmpty && !finding.chinese.isEmpty)
            }
        }
    }

    @Test func `every decision of the kit can be asked for a proof`() {
        var options = Analysis.Options()
        options.pathLimit = 20
        for model in models() {
            for decision in model.decisions.prefix(8) {
                for property in [
                    Property.onePath(decision: decision.name), .notNull(decision: decision.name),
                ] {
                    let verdict = Analysis.prove(property, in: model, options: options)
                    #expect(!verdict.english.isEmpty && !verdict.chinese.isEmpty)
                }
            }
        }
    }
}
