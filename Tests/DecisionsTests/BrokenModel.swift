import Foundation

/// A small model without fault, and the ways to break it.
enum BrokenModel {
    /// One break: what is replaced, by what.
    struct Break: Sendable {
        let name: String
        let text: String
        let replacement: String
        /// Left out as well.
        let omission: String

        init(_ name: String, _ text: String, _ replacement: String, _ omission: String = "") {
            self.omission = omission
            self.name = name
            self.text = text
            self.replacement = replacement
        }
    }

    static let sound = """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
          <itemDefinition name="tKind"><typeRef>string</typeRef>
            <allowedValues><text>"hotel", "queue"</text></allowedValues></itemDefinition>
          <itemDefinition name="tClaim">
            <itemComponent name="amount"><typeRef>number</typeRef></itemComponent>
            <itemComponent name="kind"><typeRef>tKind</typeRef></itemComponent></itemDefinition>
          <inputData id="i_amount" name="claim amount">
            <variable name="claim amount" typeRef="number"/></inputData>
          <inputData id="i_kind" name="kind"><variable name="kind" typeRef="tKind"/></inputData>
          <inputData id="i_claim" name="claim"><variable name="claim" typeRef="tClaim"/></inputData>
          <inputData id="i_day" name="day"><variable name="day" typeRef="date"/></inputData>
          <businessKnowledgeModel id="b_share" name="share"><variable name="share"/>
            <encapsulatedLogic>
              <formalParameter name="whole" typeRef="number"/>
              <formalParameter name="rate" typeRef="number"/>
              <literalExpression><text>whole * rate</text></literalExpression>
            </encapsulatedLogic></businessKnowledgeModel>
          <decision id="d_track" name="Track"><variable name="Track" typeRef="string"/>
            <informationRequirement><requiredInput href="#i_amount"/></informationRequirement>
            <informationRequirement><requiredInput href="#i_kind"/></informationRequirement>
            <decisionTable hitPolicy="UNIQUE">
              <input><inputExpression typeRef="number"><text>claim amount</text></inputExpression></input>
              <input><inputExpression typeRef="tKind"><text>kind</text></inputExpression></input>
              <output typeRef="string"><outputValues><text>"quick", "slow"</text></outputValues></output>
              <annotation name="clause"/>
              <rule id="r1">
                <inputEntry><text>&lt;= 2000</text></inputEntry>
                <inputEntry><text>"hotel"</text></inputEntry>
                <outputEntry><text>"quick"</text></outputEntry>
                <annotationEntry><text>art. 1</text></annotationEntry></rule>
              <rule id="r2">
                <inputEntry><text>&gt; 2000</text></inputEntry>
                <inputEntry><text>-</text></inputEntry>
                <outputEntry><text>"slow"</text></outputEntry>
                <annotationEntry><text>art. 2</text></annotationEntry></rule>
            </decisionTable></decision>
          <decision id="d_sum" name="Sum"><variable name="Sum"/>
            <informationRequirement><requiredInput href="#i_amount"/></informationRequirement>
            <informationRequirement><requiredInput href="#i_claim"/></informationRequirement>
            <informationRequirement><requiredInput href="#i_day"/></informationRequirement>
            <informationRequirement><requiredDecision href="#d_track"/></informationRequirement>
            <knowledgeRequirement><requiredKnowledge href="#b_share"/></knowledgeRequirement>
            <literalExpression><text>share(claim amount, 0.5)</text></literalExpression></decision>
          <decision id="d_box" name="Box"><variable name="Box"/>
            <knowledgeRequirement><requiredKnowledge href="#b_share"/></knowledgeRequirement>
            <context>
              <contextEntry><variable name="half"/><invocation>
                <literalExpression><text>share</text></literalExpression>
                <binding><parameter name="whole"/>
                  <literalExpression><text>100</text></literalExpression></binding>
                <binding><parameter name="rate"/>
                  <literalExpression><text>0.5</text></literalExpression></binding>
              </invocation></contextEntry>
              <contextEntry><variable name="many"/><relation>
                <column name="a"/><column name="b"/>
                <row><literalExpression><text>1</text></literalExpression>
                  <literalExpression><text>2</text></literalExpression></row>
              </relation></contextEntry>
              <contextEntry><literalExpression><text>half</text></literalExpression></contextEntry>
            </context></decision>
          <decisionService id="s_sum" name="Serve"><variable name="Serve"/>
            <outputDecision href="#d_sum"/><inputDecision href="#d_track"/>
            <inputData href="#i_amount"/><inputData href="#i_claim"/><inputData href="#i_day"/>
          </decisionService>
        </definitions>
        """

    /// The model with one piece replaced; nil where the piece is not there.
    static func broken(_ one: Break) -> String? {
        guard let range = sound.range(of: one.text) else { return nil }
        return sound.replacingCharacters(in: range, with: one.replacement)
            .replacingOccurrences(of: one.omission, with: "")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }

    static let all =
        BrokenTexts.structure + inPlace(of: "&lt;= 2000", BrokenTexts.amountCells)
        + inPlace(of: "<text>\"hotel\"</text>", BrokenTexts.kindCells, inText: true)
        + inPlace(of: "<text>\"quick\"</text>", BrokenTexts.outputCells, inText: true)
        + inPlace(of: "share(claim amount, 0.5)", BrokenTexts.expressions)

    /// One break for each line of `texts`.
    private static func inPlace(
        of text: String, _ texts: String, inText: Bool = false
    ) -> [Break] {
        texts.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let escaped = escaped(String(line))
            return Break(
                "\(line)", text, inText ? "<text>\(escaped)</text>" : escaped)
        }
    }
}
