/// The score of a folder of test cases.
public struct Conformance: Hashable, Sendable {
    public var passed = 0
    public var total = 0
    /// Cases whose expected value is not null.
    public var passedNotNull = 0
    public var totalNotNull = 0

    public init(_ results: [TestResult] = []) {
        total = results.count
        passed = results.count(where: \.passed)
        totalNotNull = results.count { !$0.isNull }
        passedNotNull = results.count { !$0.isNull && $0.passed }
    }

    public static func + (a: Conformance, b: Conformance) -> Conformance {
        var sum = a
        sum.passed += b.passed
        sum.total += b.total
        sum.passedNotNull += b.passedNotNull
        sum.totalNotNull += b.totalNotNull
        return sum
    }

    public var isComplete: Bool { passed == total }
}
