import Casework
import Ledger
import Telemetry

/// The files of a publication: the complaints twice, and what their columns mean.
extension PublicSet {
    package struct File: Hashable, Sendable {
        package let name: String
        package let text: String
    }

    package var files: [File] {
        [
            File(name: "complaints.csv", text: csv), File(name: "complaints.json", text: json),
            File(name: "dictionary.csv", text: dictionary),
        ]
    }

    struct Column: Sendable {
        let name: String
        let meaning: String
        let values: String
        let value: @Sendable (PublicComplaint) -> String
    }

    static let columns: [Column] = [
        Column(
            name: "date_received", meaning: "First day of the stretch in which it was registered",
            values: "date", value: { $0.received.first.description }),
        Column(
            name: "date_precision",
            meaning: "How long that stretch is, also for date_sent_to_company",
            values: PublicComplaint.Stretch.Precision.allCases.map(\.rawValue).joined(
                separator: "|"),
            value: { $0.received.precision.rawValue }),
        Column(
            name: "product", meaning: "Category by the policy in force, or (merged)",
            values: "code",
            value: { $0.product }),
        Column(
            name: "issue", meaning: "Matter by the policy in force, or (merged)", values: "code",
            value: { $0.issue }),
        Column(
            name: "company",
            meaning:
                "Merchant, where it is on the scheme's public list; else (not listed) or (merged)",
            values: "text", value: { $0.company }),
        Column(
            name: "state", meaning: "Jurisdiction whose office handled it", values: "code",
            value: { $0.state }),
        Column(
            name: "submitted_via", meaning: "Channel by which it came, or (merged)", values: "code",
            value: { $0.submittedVia }),
        Column(
            name: "date_sent_to_company",
            meaning: "First day of the stretch in which it went to the bureau; empty: it has not",
            values: "date", value: { $0.sent?.first.description ?? "" }),
        Column(
            name: "company_response", meaning: "How it ended, or stands",
            values: PublicComplaint.Response.allCases.map(\.rawValue).joined(separator: "|"),
            value: { $0.response.rawValue }),
        Column(
            name: "timely",
            meaning: "Whether it was handled within its limit; empty: not known yet",
            values: "Yes|No", value: { $0.isTimely.map { $0 ? "Yes" : "No" } ?? "" }),
        Column(
            name: "consumer_disputed", meaning: "Whether the tourist contested the decision",
            values: "Yes|No", value: { $0.isDisputed ? "Yes" : "No" }),
        Column(
            name: "amount_claimed_band",
            meaning: "Yuan claimed: the lower end within, the upper not",
            values: PublicComplaint.Band.allCases.map(\.rawValue).joined(separator: "|"),
            value: { $0.claimed.rawValue }),
        Column(
            name: "amount_recovered_band", meaning: "Yuan the tourist got back, from whomever",
            values: PublicComplaint.Band.allCases.map(\.rawValue).joined(separator: "|"),
            value: { $0.recovered.rawValue }),
        Column(
            name: "complaint_what_happened",
            meaning: "Always empty: nobody is asked for leave to publish what they wrote",
            values: "",
            value: { _ in "" }),
        Column(
            name: "consumer_consent_provided", meaning: "Whether the text may be published",
            values: "Not asked", value: { _ in "Not asked" }),
        Column(
            name: "complaint_id",
            meaning: "Pseudonym under the office's key; the same in every publication",
            values: "32 hexadecimal digits", value: { $0.id }),
    ]

    private var csv: String {
        let heading = Self.columns.map(\.name).joined(separator: ",")
        let rows = complaints.map { one in
            Self.columns.map { Self.cell($0.value(one)) }.joined(separator: ",")
        }
        return ([heading] + rows).map { $0 + "\r\n" }.joined()
    }

    private var json: String {
        let rows = complaints.map { one in
            "{"
                + Self.columns.map {
                    "\(JSONText.quoted($0.name)):\(JSONText.quoted($0.value(one)))"
                }
                .joined(separator: ",") + "}"
        }
        return """
            {"meta":{"jurisdiction":\(JSONText.quoted(jurisdiction)),"published":"\(publishedOn)",\
            "registered_through":"\(through)","threshold":\(threshold),"considered":\(considered),\
            "published_complaints":\(complaints.count),"coarsened":\(coarsened),"left_out":\(leftOut)},
            "complaints":[
            \(rows.joined(separator: ",\n"))
            ]}

            """
    }

    private var dictionary: String {
        let rows = Self.columns.map { column in
            [column.name, column.values, column.meaning].map(Self.cell).joined(separator: ",")
        }
        return (["column,values,meaning"] + rows).map { $0 + "\r\n" }.joined()
    }

    /// RFC 4180; and nothing that a spreadsheet would take for a formula.
    static func cell(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+-@\t\r".contains(first) { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
