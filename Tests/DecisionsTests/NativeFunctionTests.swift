import Decisions
import Testing

@Suite struct NativeFunctionTests {
    private func model(_ natives: NativeFunctions) throws -> Model {
        let xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
            <businessKnowledgeModel id="b" name="larger"><variable name="larger"/>
            <encapsulatedLogic kind="Java">
            <formalParameter name="a" typeRef="number"/><formalParameter name="b" typeRef="number"/>
            <context><contextEntry><variable name="class"/>
            <literalExpression><text>"java.lang.Math"</text></literalExpression></contextEntry>
            <contextEntry><variable name="method signature"/>
            <literalExpression><text>"max(int, int)"</text></literalExpression></contextEntry>
            </context></encapsulatedLogic></businessKnowledgeModel>
            <decision id="d" name="in order"><variable name="in order"/>
            <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
            <literalExpression><text>larger(3, 5)</text></literalExpression></decision>
            <decision id="e" name="by name"><variable name="by name"/>
            <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
            <literalExpression><text>larger(b: 7, a: 5)</text></literalExpression></decision>
            <decision id="f" name="half"><variable name="half"/>
            <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
            <literalExpression><text>larger(1.5, 5)</text></literalExpression></decision>
            </definitions>
            """
        return try Model(xml: Array(xml.utf8), file: "m.dmn", natives: natives)
    }

    @Test func `a function of another language is a problem unless it was given`() throws {
        let model = try model(.none)
        let problem = try #require(model.problems.first)
        #expect(model.problems.count == 1)
        #expect(problem.element == "larger")
        #expect(problem.message.contains("java.lang.Math.max(int,int)"))
        #expect(!model.evaluate("in order", given: [:]).isSound)
    }

    @Test func `a given function takes arguments in order or by name`() throws {
        let model = try model(.compatibilityKit)
        #expect(model.problems.isEmpty)
        #expect(model.evaluate("in order", given: [:]).value == .number(5))
        #expect(model.evaluate("by name", given: [:]).value == .number(7))
    }

    @Test func `an argument that does not fit the signature gives null with a note`() throws {
        let evaluation = try model(.compatibilityKit).evaluate("half", given: [:])
        #expect(evaluation.value.isNull)
        #expect(evaluation.notes.first?.message.contains("max(int,int)") == true)
    }
}
