/// What `amends doctor` found in one place, and how to mend it.
package struct Diagnosis: Hashable, Sendable, Codable {
    /// Stable: programs may branch on it.
    package let name: String
    package let grade: Grade
    /// What is so, in a sentence.
    package let says: String
    /// What to do; nil where nothing is to be done.
    package let remedy: String?

    /// From the best to the worst.
    package enum Grade: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        case sound
        /// It could not be looked at, or is not used here.
        case unseen
        /// It works, and will not for long.
        case warning
        case fault

        package static func < (one: Grade, other: Grade) -> Bool {
            let order = allCases
            return (order.firstIndex(of: one) ?? 0) < (order.firstIndex(of: other) ?? 0)
        }
    }

    package static func sound(_ name: String, _ says: String) -> Diagnosis {
        Diagnosis(name: name, grade: .sound, says: says, remedy: nil)
    }

    package static func unseen(_ name: String, _ says: String) -> Diagnosis {
        Diagnosis(name: name, grade: .unseen, says: says, remedy: nil)
    }

    package static func warning(_ name: String, _ says: String, _ remedy: String) -> Diagnosis {
        Diagnosis(name: name, grade: .warning, says: says, remedy: remedy)
    }

    package static func fault(_ name: String, _ says: String, _ remedy: String) -> Diagnosis {
        Diagnosis(name: name, grade: .fault, says: says, remedy: remedy)
    }
}
