import Casework
import HTTPTypes
import Ledger
import Store
import Workflow

/// The evidence of a case as the merchant it is against may see it: pictures, without where, when and with
/// what they were taken. The files themselves stay with the office.
enum OwnEvidence {
    /// A proof of why somebody could not come is often of their health.
    private static let kept: Set<String> = ["cause-proof"]

    static let all: [Route] = [
        PageRoutes.page(
            "/own/{case}/evidence/{hash}", "ownEvidencePage",
            Phrase("针对本店案件的证据图片", "A picture among the evidence of a case against us"),
            .command(.recordResponse)
        ) { call in
            let id = try call.caseID()
            let hash = call.part("hash")
            return try await call.office.work { work in
                let file = try work.known(id).file
                guard let own = call.actor.merchant, file.filing.merchant == own else {
                    throw Problem.notYourCase
                }
                guard let evidence = shown(of: file.evidence).first(where: { $0.hash == hash }),
                    let bytes = try work.transaction.evidenceBytes(hash)?.bytes,
                    let picture = ImageFilter.stripped(bytes, evidence.type)
                else { throw Problem.noSuch(Phrase("证据图片", "picture"), hash) }
                try call.note(aLookAt: hash, of: id.text, in: work)
                return call.download(evidence.renamed, evidence.type, picture)
            }
        }
    ]

    static func shown(of evidence: [Evidence]) -> [Evidence] {
        evidence.filter { ImageFilter.canStrip($0.type) && !kept.contains($0.kind) }
    }

    static func list(_ call: Call, _ id: ID<Case>, _ evidence: [EvidenceView]) -> HTML? {
        let parts = call.parts
        let names = EditionNames(call.office)
        let items: [HTML] = evidence.filter { view in
            FileType(rawValue: view.type).map(ImageFilter.canStrip) == true
                && !kept.contains(view.kind)
        }.map { view in
            "<li><a href=\"\(Link.own(id).below("evidence").below(view.hash))\">\(parts.say(names.evidence(view.kind)))</a> · \(view.type) · \((view.size + 1_023) / 1_024) kB</li>\n"
        }
        guard !items.isEmpty else { return nil }
        return """
            <section aria-labelledby="pictures"><h2 id="pictures">\(parts.word(.evidence))</h2>
            <p class="quiet">\(parts.say(PrivacyText.pictures))</p><ul>\(items)</ul></section>
            """
    }
}

extension Evidence {
    /// The sender's name for it may name them.
    fileprivate var renamed: Evidence {
        Evidence(
            hash: hash, size: size, type: type, kind: kind, name: "\(kind).\(type.rawValue)",
            addedAt: addedAt)
    }
}
