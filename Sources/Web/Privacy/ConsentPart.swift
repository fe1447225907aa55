import Workflow

/// The text on the use of personal data, above the button that sends: its version is kept with the filing.
struct ConsentPart {
    let call: Call

    var markup: HTML? {
        guard let text = call.office.consents.current else { return nil }
        let parts = call.parts
        // Written in two languages by the jurisdiction: others read the English, marked as such.
        let lines: [HTML] = zip(
            text.chinese.split(separator: "\n"), text.english.split(separator: "\n")
        ).map { "<p>\(parts.told(Phrase(String($0), String($1))))</p>\n" }
        return """
            <details class="consent"><summary>\(parts.say(PrivacyText.notice)) · \(parts.say(PrivacyText.version)) \(text.name)</summary>
            \(lines)</details>
            <input type="hidden" name="consent" value="\(text.name)">
            """
    }
}
