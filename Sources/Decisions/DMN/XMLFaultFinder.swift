/// Finds where XML is first at fault.
///
/// libxml2 runs on after an error and then says only where it gave up, often the end of the file.
/// Numbers of faults are libxml2's, see ``XMLFault``.
struct XMLFaultFinder {
    private let text: [Unicode.Scalar]
    private var index = 0
    /// Elements that are open, with where they began and the prefixes they declare.
    private var open: [(name: String, start: Int, prefixes: Set<String>)] = []
    private var hasRoot = false

    private struct Fault: Error {
        let offset: Int
        let code: Int
    }

    private init(_ bytes: [UInt8]) {
        text = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    }

    /// Line and column, 1-based, with the number of the fault; nil where none is found here.
    static func fault(in bytes: [UInt8]) -> (line: Int, column: Int, code: Int)? {
        var finder = XMLFaultFinder(bytes)
        do throws(Fault) {
            try finder.document()
            return nil
        } catch {
            let before = finder.text.prefix(error.offset)
            let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
            return (before.count { $0 == "\n" } + 1, error.offset - lineStart + 1, error.code)
        }
    }

    private mutating func document() throws(Fault) {
        while let next = peek() {
            if next == "<" {
                try markup()
            } else if next == "&" {
                try entity()
            } else {
                let isOutside = open.isEmpty && !next.properties.isWhitespace && next != "\u{FEFF}"
                if isOutside { throw Fault(offset: index, code: 5) }
                index += 1
            }
        }
        if let last = open.last { throw Fault(offset: last.start, code: 77) }
    }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        index + distance < text.count ? text[index + distance] : nil
    }

    private func isAt(_ wanted: String) -> Bool {
        text[index...].starts(with: wanted.unicodeScalars)
    }

    /// What begins with `<`.
    private mutating func markup() throws(Fault) {
        for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] where isAt(start)
        {
            let beginning = index
            while !isAt(end) {
                guard index < text.count else { throw Fault(offset: beginning, code: 77) }
                index += 1
            }
            index += end.unicodeScalars.count
            return
        }
        if peek(1) == "/" { try closingTag() } else { try openingTag() }
    }

    private mutating func closingTag() throws(Fault) {
        let start = index
        index += 2
        let closed = name()
        skipSpace()
        guard peek() == ">" else { throw Fault(offset: start, code: 73) }
        index += 1
        guard let last = open.popLast() else { throw Fault(offset: start, code: 5) }
        guard last.name == closed else { throw Fault(offset: start, code: 76) }
    }

    private mutating func openingTag() throws(Fault) {
        let start = index
        index += 1
        let element = name()
        if element.isEmpty { throw Fault(offset: start, code: 68) }
        if open.isEmpty, hasRoot { throw Fault(offset: start, code: 5) }
        hasRoot = true
        var attributes: [(name: String, start: Int)] = []
        while true {
            let hadSpace = skipSpace()
            guard let next = peek(), next != "<" else { throw Fault(offset: start, code: 73) }
            if next == ">" || next == "/" && peek(1) == ">" { break }
            let attribute = (name: name(), start: index)
            if attribute.name.isEmpty { throw Fault(offset: index, code: 73) }
            let beginning = attribute.start - attribute.name.unicodeScalars.count
            if !hadSpace { throw Fault(offset: beginning, code: 65) }
            if attributes.contains(where: { $0.name == attribute.name }) {
                throw Fault(offset: beginning, code: 42)
            }
            attributes.append((attribute.name, beginning))
            try value(of: beginning)
        }
        let declared = attributes.compactMap { attribute in
            attribute.name.hasPrefix("xmlns:") ? String(attribute.name.dropFirst(6)) : nil
        }
        let known = (open.last?.prefixes ?? ["xml", "xmlns"]).union(declared)
        for (name, start) in [(element, start)] + attributes {
            guard let colon = name.firstIndex(of: ":") else { continue }
            if !known.contains(String(name[..<colon])) { throw Fault(offset: start, code: 201) }
        }
        if peek() == "/" {
            index += 2
        } else {
            index += 1
            open.append((element, start, known))
        }
    }

    /// `= "…"` after the name of an attribute that begins at `start`.
    private mutating func value(of start: Int) throws(Fault) {
        skipSpace()
        guard peek() == "=" else { throw Fault(offset: start, code: 41) }
        index += 1
        skipSpace()
        guard let quote = peek(), quote == "\"" || quote == "'" else {
            throw Fault(offset: start, code: 39)
        }
        index += 1
        var hasPassedEnd = false
        while let next = peek(), next != quote {
            // Beyond a > it is the closing quotation mark that is missing.
            if next == "<" { throw Fault(offset: start, code: hasPassedEnd ? 40 : 38) }
            if next == ">" || next == "\n" { hasPassedEnd = true }
            if next == "&" { try entity() } else { index += 1 }
        }
        guard peek() != nil else { throw Fault(offset: start, code: 40) }
        index += 1
    }

    private mutating func entity() throws(Fault) {
        let start = index
        index += 1
        let isNumber = peek() == "#"
        if isNumber { index += 1 }
        let name = name()
        guard !name.isEmpty || isNumber, peek() == ";" else { throw Fault(offset: start, code: 23) }
        index += 1
        let isKnown = ["amp", "lt", "gt", "quot", "apos"].contains(name)
        if !isNumber, !isKnown { throw Fault(offset: start, code: 26) }
    }

    /// The name that stands here, or nothing.
    private mutating func name() -> String {
        var name = String.UnicodeScalarView()
        while let next = peek() {
            let isLetter = next.properties.isAlphabetic || next == "_" || next == ":"
            let isLater = "0"..."9" ~= next || next == "-" || next == "." || next.value == 0xB7
            guard isLetter || isLater && (!name.isEmpty || index > 0 && text[index - 1] == "#")
            else { break }
            name.append(next)
            index += 1
        }
        return String(name)
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = index
        while let next = peek(), next.properties.isWhitespace { index += 1 }
        return index > start
    }
}
