/// A set of code points, as a character class describes it.
indirect enum ScalarSet {
    case one(Unicode.Scalar)
    case range(Unicode.Scalar, Unicode.Scalar)
    /// A general category, `Nd`, or the first letter of several, `L`.
    case category(String)
    case space
    case word
    case nameStart
    case nameCharacter
    case either([ScalarSet])
    case not(ScalarSet)
    case minus(ScalarSet, ScalarSet)

    /// From the name in `\p{…}`: a category or one of the common blocks.
    init?(property name: String) {
        if Self.categories.contains(name) {
            self = .category(name)
        } else if let block = Self.blocks[name] {
            self = .range(block.0, block.1)
        } else {
            return nil
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .one(let member): return member == scalar
        case .range(let low, let high): return low <= scalar && scalar <= high
        case .category(let name): return Self.category(of: scalar).hasPrefix(name)
        case .space: return [" ", "\t", "\n", "\r"].contains(scalar)
        case .word:
            let category = Self.category(of: scalar)
            return !["P", "Z", "C"].contains(category.prefix(1))
        case .nameStart:
            return scalar == "_" || scalar == ":" || scalar.properties.isAlphabetic
        case .nameCharacter:
            let category = Self.category(of: scalar)
            return ["_", ":", "-", "."].contains(scalar) || scalar.properties.isAlphabetic
                || category == "Nd" || category == "Mn" || scalar.value == 0xB7
        case .either(let sets): return sets.contains { $0.contains(scalar) }
        case .not(let set): return !set.contains(scalar)
        case .minus(let set, let subtracted):
            return set.contains(scalar) && !subtracted.contains(scalar)
        }
    }

    /// The same regardless of case.
    func containsFolded(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .not(let set): !set.containsFolded(scalar)
        case .minus(let set, let subtracted):
            set.containsFolded(scalar) && !subtracted.containsFolded(scalar)
        case .either(let sets): sets.contains { $0.containsFolded(scalar) }
        default: contains(scalar) || Self.variants(scalar).contains { contains($0) }
        }
    }

    /// The code points that differ only in case.
    static func variants(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        let properties = scalar.properties
        var variants: [Unicode.Scalar] = []
        for mapping in [properties.lowercaseMapping, properties.uppercaseMapping] {
            let scalars = mapping.unicodeScalars
            if scalars.count == 1, let only = scalars.first { variants.append(only) }
        }
        // The Kelvin and Ångström signs fold to letters whose capitals are others.
        for lower in variants {
            let back = lower.properties.uppercaseMapping.unicodeScalars
            if back.count == 1, let only = back.first { variants.append(only) }
            if lower == "k" || lower == "K" { variants.append("\u{212A}") }
            if lower == "å" || lower == "Å" { variants.append("\u{212B}") }
        }
        return variants
    }

    private static let categories: Set<String> = [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc",
        "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C",
        "Cc", "Cf", "Co", "Cn",
    ]

    private static let blocks: [String: (Unicode.Scalar, Unicode.Scalar)] = [
        "IsBasicLatin": ("\u{0}", "\u{7F}"), "IsLatin-1Supplement": ("\u{80}", "\u{FF}"),
        "IsLatinExtended-A": ("\u{100}", "\u{17F}"), "IsLatinExtended-B": ("\u{180}", "\u{24F}"),
        "IsGreek": ("\u{370}", "\u{3FF}"), "IsGreekandCoptic": ("\u{370}", "\u{3FF}"),
        "IsCyrillic": ("\u{400}", "\u{4FF}"), "IsHebrew": ("\u{590}", "\u{5FF}"),
        "IsArabic": ("\u{600}", "\u{6FF}"), "IsHiragana": ("\u{3040}", "\u{309F}"),
        "IsKatakana": ("\u{30A0}", "\u{30FF}"),
        "IsCJKUnifiedIdeographs": ("\u{4E00}", "\u{9FFF}"),
        "IsGeneralPunctuation": ("\u{2000}", "\u{206F}"),
        "IsCurrencySymbols": ("\u{20A0}", "\u{20CF}"),
    ]

    private static func category(of scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        default: "Cn"
        }
    }
}
