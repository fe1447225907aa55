/// XML text: markup escaped, characters XML does not allow left out.
func escaped(_ text: String) -> String {
    var written = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": written += "&amp;"
        case "<": written += "&lt;"
        case ">": written += "&gt;"
        case "\"": written += "&quot;"
        case "\t", "\n", "\r": written += "&#\(scalar.value);"
        case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
            continue
        default: written.unicodeScalars.append(scalar)
        }
    }
    return written
}
