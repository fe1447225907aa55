internal import Decisions

/// What came of running an edition's cases.
package struct PolicyTestReport: Hashable, Sendable {
    package let edition: String
    /// Expected results that came out, over all case files.
    package let passed: Int
    package let failures: [Failure]
    /// Rule rows no case reaches; a policy comes into force with none.
    package let uncovered: [Row]
    /// Cells that no case shows to matter: a warning, as a case for each is more than an edition needs.
    package let bareCells: [Cell]
    /// Case files that could not be run at all.
    package let unreadable: [String]

    package var isClean: Bool { failures.isEmpty && uncovered.isEmpty && unreadable.isEmpty }

    package struct Failure: Hashable, Sendable {
        package let file: String
        package let id: String
        package let decision: String
        package let expected: String
        package let actual: String
        package let notes: [String]
    }

    package struct Row: Hashable, Sendable {
        /// The model's file.
        package let file: String
        package let table: String
        /// 1-based.
        package let row: Int
    }

    /// A cell is exercised when its rule hits in some case and in another case fails by it alone: then a
    /// change of it changes what some case expects.
    package struct Cell: Hashable, Sendable {
        package let row: Row
        /// The column, as an expression, and the cell as written.
        package let input: String
        package let condition: String
        /// Whether its rule hits at all; when not, the row is among `uncovered` too.
        package let isHit: Bool
    }
}

extension PolicyBook {
    /// Runs every case of every edition, strictly.
    package func test() -> [PolicyTestReport] { editions.map { $0.test() } }
}

extension Edition {
    package func test() -> PolicyTestReport {
        var passed = 0
        var failures: [PolicyTestReport.Failure] = []
        var unreadable: [String] = []
        var coverage = Coverage()
        for caseFile in caseFiles {
            let cases: TestCases
            do throws(ModelError) {
                cases = try TestCases(xml: caseFile.bytes, file: caseFile.file)
            } catch {
                unreadable.append(error.description)
                continue
            }
            guard let model = models.first(where: { $0.name + ".dmn" == cases.modelName }) else {
                unreadable.append(
                    "\(caseFile.file): modelName \(cases.modelName ?? "is missing") names no model")
                continue
            }
            for result in cases.run(on: model.model, mode: .strict) {
                if result.passed {
                    passed += 1
                } else {
                    failures.append(
                        PolicyTestReport.Failure(
                            file: caseFile.file, id: result.id, decision: result.decision,
                            expected: result.expected, actual: result.actual, notes: result.notes))
                }
            }
            coverage.add(cases, on: model)
        }
        return PolicyTestReport(
            edition: id, passed: passed, failures: failures,
            uncovered: models.flatMap(Self.rows(of:)).filter { !coverage.hit.contains($0) },
            bareCells: models.flatMap { coverage.bareCells(of: $0) }, unreadable: unreadable)
    }

    private static func rows(of model: PolicyModel) -> [PolicyTestReport.Row] {
        model.model.decisions.flatMap { decision in
            decision.rules.map {
                PolicyTestReport.Row(file: model.file, table: decision.name, row: $0.rule)
            }
        }
    }
}
