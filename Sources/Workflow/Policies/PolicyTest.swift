internal import Decisions

/// What came of running an edition's cases.
package struct PolicyTestReport: Hashable, Sendable {
    package let edition: String
    /// Expected results that came out, over all case files.
    package let passed: Int
    package let failures: [Failure]
    /// Rule rows no case reaches; a policy comes into force with none.
    package let uncovered: [Row]
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
        var hit: Set<PolicyTestReport.Row> = []
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
            hit.formUnion(rows(reachedBy: cases, in: model))
        }
        let uncovered = models.flatMap(Self.rows(of:)).filter { !hit.contains($0) }
        return PolicyTestReport(
            edition: id, passed: passed, failures: failures, uncovered: uncovered,
            unreadable: unreadable)
    }

    private func rows(
        reachedBy cases: TestCases, in model: PolicyModel
    ) -> Set<PolicyTestReport.Row> {
        var rows: Set<PolicyTestReport.Row> = []
        for testCase in cases.cases {
            let evaluation = model.model.evaluate(
                testCase.decision, given: testCase.inputs, mode: .strict)
            for hit in evaluation.hits {
                rows.insert(
                    PolicyTestReport.Row(file: model.file, table: hit.decision, row: hit.rule))
            }
        }
        return rows
    }

    private static func rows(of model: PolicyModel) -> [PolicyTestReport.Row] {
        model.model.decisions.flatMap { decision in
            decision.rules.map {
                PolicyTestReport.Row(file: model.file, table: decision.name, row: $0.rule)
            }
        }
    }
}
