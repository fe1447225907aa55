import Workflow

/// The text on the use of personal data, above the button that sends: its version is kept with the filing.
struct ConsentPart {
    let call: Call

    var markup: HTML? {
        guard let text = call.office.consents.current else { return nil }
        let parts = call.parts
        // The tourist's own languages are Chinese and what everybody reads.
        let lines: [HTML] = Phrase(text.chinese, text.english)[parts.language]
            .split(separator: "\n").map { "<p>\($0)</p>\n" }
        return """
            <details class="consent"><summary>\(parts.say(PrivacyText.notice)) · \(parts.say(PrivacyText.version)) \(text.name)</summary>
            \(lines)</details>
            <input type="hidden" name="consent" value="\(text.name)">
            """
    }
}
