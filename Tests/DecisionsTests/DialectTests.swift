import Decisions
import Testing

/// Models as other tools write them.
@Suite struct DialectTests {
    private func check(
        _ xml: String, _ decision: String, _ facts: [String: Value], gives expected: Value,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        #expect(model.problems.map(\.description) == [], sourceLocation: location)
        let evaluation = model.evaluate(decision, given: facts)
        #expect(evaluation.value == expected, sourceLocation: location)
        #expect(evaluation.isSound, "\(evaluation.notes)", sourceLocation: location)
    }

    @Test(arguments: [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20151101/dmn11.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ])
    func `every version of DMN is read`(_ namespace: String) throws {
        let xml = """
            <definitions xmlns="\(namespace)" name="m" namespace="n"
             xmlns:feel="http://www.omg.org/spec/FEEL/20140401"
             expressionLanguage="http://www.omg.org/spec/FEEL/20140401">
            <inputData id="a" name="a"><variable name="a" typeRef="feel:number"/></inputData>
            <decision id="d" name="d"><variable name="d" typeRef="feel:string"/>
            <informationRequirement><requiredInput href="#a"/></informationRequirement>
            <literalExpression><text><![CDATA[if a < 5 then "few" else "many"]]></text>
            </literalExpression></decision></definitions>
            """
        try check(xml, "d", ["a": .number(3)], gives: .string("few"))
    }

    @Test(arguments: [
        "tFew", "n:tFew", "feel:number", "xsd:integer", "integer", "long", "double", "number",
        "feel:decimal",
    ])
    func `a type is found by its name, its qualified name, or what Java calls it`(
        _ type: String
    ) throws {
        let xml = """
            <definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" name="m" namespace="n"
             xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:n="n"
             xmlns:xsd="http://www.w3.org/2001/XMLSchema">
            <itemDefinition name="tFew"><typeRef>feel:number</typeRef></itemDefinition>
            <itemDefinition name="tClaim"><itemComponent name="a"><typeRef>\(type)</typeRef>
            </itemComponent></itemDefinition>
            <inputData id="a" name="a"><variable name="a" typeRef="\(type)"/></inputData>
            <inputData id="c" name="c"><variable name="c" typeRef="n:tClaim"/></inputData>
            <decision id="d" name="d"><variable name="d" typeRef="feel:number"/>
            <informationRequirement><requiredInput href="#a"/></informationRequirement>
            <informationRequirement><requiredInput href="#c"/></informationRequirement>
            <literalExpression><text>a + c.a</text></literalExpression></decision></definitions>
            """
        let claim = Value.context(Context([("a", .number(4))]))
        try check(xml, "d", ["a": .number(3), "c": claim], gives: .number(7))
    }

    @Test func `elements without a variable have their own names, and no types`() throws {
        let xml = """
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n">
            <inputData id="i" name="nights"/>
            <businessKnowledgeModel id="b" name="Per Night"><encapsulatedLogic>
            <formalParameter name="n"/><literalExpression><text>n * 10</text></literalExpression>
            </encapsulatedLogic></businessKnowledgeModel>
            <decision id="p" name="Price"><informationRequirement>
            <requiredInput href="#i"/></informationRequirement>
            <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
            <literalExpression><text>Per Night(nights)</text></literalExpression></decision>
            <decision id="d" name="Band"><informationRequirement>
            <requiredDecision href="#p"/></informationRequirement>
            <decisionTable><input><inputExpression><text>Price</text></inputExpression></input>
            <output/><rule><inputEntry><text>&gt;= 30</text></inputEntry>
            <outputEntry><text>"high"</text></outputEntry></rule>
            <rule><inputEntry><text>&lt; 30</text></inputEntry>
            <outputEntry><text>"low"</text></outputEntry></rule></decisionTable></decision>
            </definitions>
            """
        try check(xml, "Band", ["nights": .number(3)], gives: .string("high"))
    }

    @Test func `boxed loops, filters and conditions mean what their text would`() throws {
        func text(_ feel: String) -> String {
            "<literalExpression><text>\(feel)</text></literalExpression>"
        }
        let all = "<in>\(text("[1, 2, 3]"))</in>"
        let boxes = [
            (
                "<for iteratorVariable=\"x\">\(all)<return>\(text("x * x + count(partial)"))</return></for>",
                "[1, 5, 11]"
            ),
            ("<filter>\(all)<match>\(text("item > 1"))</match></filter>", "[2, 3]"),
            (
                "<every iteratorVariable=\"x\">\(all)<satisfies>\(text("x > 0"))</satisfies></every>",
                "true"
            ),
            (
                "<some iteratorVariable=\"x\">\(all)<satisfies>\(text("x > 3"))</satisfies></some>",
                "false"
            ),
            (
                "<conditional><if>\(text("1 > 2"))</if><then>\(text("1"))</then><else>\(text("2"))</else></conditional>",
                "2"
            ),
        ]
        for (box, expected) in boxes {
            let xml = """
                <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m"
                 namespace="n"><decision id="d" name="d"><variable name="d"/>
                \(box.replacing(" > ", with: " &gt; "))</decision></definitions>
                """
            let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
            #expect(model.problems.map(\.description) == [])
            #expect(model.evaluate("d", given: [:]).value.description == expected, "\(box)")
        }
    }

    @Test func `Camunda's modeler is read`() throws {
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
             xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
             xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/"
             xmlns:camunda="http://camunda.org/schema/1.0/dmn"
             xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="dish" name="Dish"
             namespace="http://camunda.org/schema/1.0/dmn" exporter="Camunda Modeler"
             exporterVersion="5.0.0" modeler:executionPlatform="Camunda Cloud">
            <inputData id="season_i" name="season"><variable id="v1" name="season"
             typeRef="string"/></inputData>
            <decision id="dish_d" name="Dish" camunda:versionTag="1" camunda:historyTimeToLive="30">
            <variable id="v2" name="Dish" typeRef="string"/>
            <informationRequirement id="ir"><requiredInput href="#season_i"/>
            </informationRequirement>
            <decisionTable id="t"><input id="i" label="Season" biodi:width="192"
             xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0" camunda:inputVariable="season">
            <inputExpression id="ie" typeRef="string"><text>season</text></inputExpression>
            <inputValues id="iv"><text>"Winter","Summer"</text></inputValues></input>
            <output id="o" label="Dish" name="dish" typeRef="string"/>
            <rule id="r1"><description>note</description>
            <inputEntry id="e1"><text>"Winter"</text></inputEntry>
            <outputEntry id="e2"><text>"Stew"</text></outputEntry></rule>
            <rule id="r2"><inputEntry id="e3"><text></text></inputEntry>
            <outputEntry id="e4"><text>"Salad"</text></outputEntry></rule></decisionTable></decision>
            <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="dish_d">
            <dc:Bounds height="80" width="180" x="160" y="100"/></dmndi:DMNShape>
            </dmndi:DMNDiagram></dmndi:DMNDI></definitions>
            """
        try check(xml, "Dish", ["season": .string("Summer")], gives: .string("Salad"))
    }

    @Test func `Trisotech's modeler is read`() throws {
        let xml = """
            <semantic:definitions xmlns:semantic="http://www.omg.org/spec/DMN/20180521/MODEL/"
             xmlns:triso="http://www.trisotech.com/2015/triso/modeling"
             xmlns:trisofeed="http://trisotech.com/feed" xmlns:feel="http://www.omg.org/spec/DMN/20180521/FEEL/"
             xmlns="http://www.trisotech.com/definitions/_1" triso:logoChoice="Default" name="Fee"
             namespace="http://www.trisotech.com/definitions/_1">
            <semantic:extensionElements><triso:proxies/><semantic:decision name="not this"/>
            </semantic:extensionElements>
            <semantic:itemDefinition name="tSize" label="tSize" isCollection="false">
            <semantic:typeRef>string</semantic:typeRef><semantic:allowedValues
             triso:constraintsType="enumeration"><semantic:text>"S", "L"</semantic:text>
            </semantic:allowedValues></semantic:itemDefinition>
            <semantic:inputData id="_i" name="Size"><semantic:variable name="Size" id="_v"
             typeRef="tSize" triso:x="y"/></semantic:inputData>
            <semantic:decision id="_d" name="Fee"><semantic:variable name="Fee" typeRef="number"/>
            <semantic:informationRequirement id="_r"><semantic:requiredInput href="#_i"/>
            </semantic:informationRequirement>
            <semantic:decisionTable id="_t" hitPolicy="COLLECT" aggregation="MAX"
             outputLabel="Fee" typeRef="number">
            <semantic:input id="_c"><semantic:inputExpression typeRef="tSize">
            <semantic:text>Size</semantic:text></semantic:inputExpression></semantic:input>
            <semantic:output id="_o"/>
            <semantic:annotation name="Description"/>
            <semantic:rule id="_1"><semantic:inputEntry><semantic:text>-</semantic:text>
            </semantic:inputEntry><semantic:outputEntry><semantic:text>10</semantic:text>
            </semantic:outputEntry><semantic:annotationEntry><semantic:text/>
            </semantic:annotationEntry></semantic:rule>
            <semantic:rule id="_2"><semantic:inputEntry><semantic:text>"L"</semantic:text>
            </semantic:inputEntry><semantic:outputEntry><semantic:text>25</semantic:text>
            </semantic:outputEntry><semantic:annotationEntry><semantic:text>large</semantic:text>
            </semantic:annotationEntry></semantic:rule>
            </semantic:decisionTable></semantic:decision></semantic:definitions>
            """
        try check(xml, "Fee", ["Size": .string("L")], gives: .number(25))
    }

    @Test func `Drools' editor is read`() throws {
        let xml = """
            <dmn:definitions xmlns:dmn="http://www.omg.org/spec/DMN/20180521/MODEL/"
             xmlns="https://kiegroup.org/dmn/_A" xmlns:feel="http://www.omg.org/spec/DMN/20180521/FEEL/"
             xmlns:kie="http://www.drools.org/kie/dmn/1.2" xmlns:dmndi="http://www.omg.org/spec/DMN/20180521/DMNDI/"
             id="_1" name="Traffic" expressionLanguage="http://www.omg.org/spec/DMN/20180521/FEEL/"
             typeLanguage="http://www.omg.org/spec/DMN/20180521/FEEL/" namespace="https://kiegroup.org/dmn/_A">
            <dmn:extensionElements/>
            <dmn:itemDefinition id="_2" name="tDriver" isCollection="false">
            <dmn:itemComponent id="_3" name="Points" isCollection="false">
            <dmn:typeRef>number</dmn:typeRef></dmn:itemComponent></dmn:itemDefinition>
            <dmn:inputData id="_4" name="Driver"><dmn:extensionElements/>
            <dmn:variable id="_5" name="Driver" typeRef="tDriver"/></dmn:inputData>
            <dmn:decision id="_6" name="Suspended"><dmn:extensionElements/>
            <dmn:question>Suspended?</dmn:question>
            <dmn:variable id="_7" name="Suspended" typeRef="boolean"/>
            <dmn:informationRequirement id="_8"><dmn:requiredInput href="#_4"/>
            </dmn:informationRequirement>
            <dmn:context id="_9"><dmn:contextEntry><dmn:variable id="_a" name="Total"
             typeRef="number"/><dmn:literalExpression id="_b"><dmn:text>Driver.Points</dmn:text>
            </dmn:literalExpression></dmn:contextEntry>
            <dmn:contextEntry><dmn:literalExpression id="_c"><dmn:text>Total &gt;= 20</dmn:text>
            </dmn:literalExpression></dmn:contextEntry></dmn:context></dmn:decision>
            <dmndi:DMNDI><dmndi:DMNDiagram><di:extension xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/">
            <kie:ComponentsWidthsExt/></di:extension></dmndi:DMNDiagram></dmndi:DMNDI></dmn:definitions>
            """
        let driver = Value.context(Context([("Points", .number(21))]))
        try check(xml, "Suspended", ["Driver": driver], gives: .boolean(true))
    }

    @Test func `Signavio's export is read`() throws {
        let xml = """
            <dmn:definitions xmlns:dmn="http://www.omg.org/spec/DMN/20151101/dmn.xsd"
             xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:signavio="http://www.signavio.com/schema/dmn/1.1/"
             xmlns:sigExt="http://www.signavio.com/schema/dmn/extension" name="Risk"
             namespace="http://www.signavio.com/dmn/1.1/diagram/1.xml"
             exporter="Signavio Process Editor" exporterVersion="12">
            <dmn:itemDefinition isCollection="false" name="age"><dmn:typeRef>feel:number</dmn:typeRef>
            </dmn:itemDefinition>
            <dmn:inputData id="id-1" name="age" sigExt:shapeId="sid-1">
            <dmn:extensionElements/><dmn:variable name="age" typeRef="age" id="v"/></dmn:inputData>
            <dmn:decision id="id-2" name="risk" sigExt:diagramId="x"><dmn:extensionElements/>
            <dmn:variable name="risk" typeRef="feel:string"/>
            <dmn:informationRequirement><dmn:requiredInput href="#id-1"/></dmn:informationRequirement>
            <dmn:decisionTable hitPolicy="RULE ORDER"><dmn:input id="c" label="Age">
            <dmn:inputExpression typeRef="feel:number"><dmn:text>age</dmn:text></dmn:inputExpression>
            </dmn:input><dmn:output id="o" label="Risk" name="risk" typeRef="feel:string">
            <dmn:outputValues><dmn:text>"High", "Low"</dmn:text></dmn:outputValues></dmn:output>
            <dmn:rule id="s1"><dmn:inputEntry><dmn:text>&lt; 25</dmn:text></dmn:inputEntry>
            <dmn:outputEntry expressionLanguage="http://www.omg.org/spec/FEEL/20140401">
            <dmn:text>"High"</dmn:text></dmn:outputEntry></dmn:rule>
            <dmn:rule id="s2"><dmn:inputEntry><dmn:text>[18..60)</dmn:text></dmn:inputEntry>
            <dmn:outputEntry><dmn:text>"Low"</dmn:text></dmn:outputEntry></dmn:rule>
            </dmn:decisionTable></dmn:decision></dmn:definitions>
            """
        let model = try Model(xml: Array(xml.utf8), file: "m.dmn")
        #expect(model.problems.map(\.description) == [])
        let lenient = model.evaluate("risk", given: ["age": .number(20)], mode: .lenient)
        #expect(lenient.hits.map(\.ruleID) == ["s1", "s2"])
    }

    @Test func `a model of no particular tool with a default prefix and comments is read`() throws {
        let xml = """
            <!-- made by hand --><m:definitions xmlns:m="https://www.omg.org/spec/DMN/20211108/MODEL/"
             name="m" namespace="n"><?editor keep?>
            <m:decision id="d" name="d"><m:description>two</m:description><m:variable name="d"/>
            <m:literalExpression expressionLanguage="https://www.omg.org/spec/DMN/20211108/FEEL/">
            <m:text> 1 + <!-- one more --> 1 </m:text></m:literalExpression></m:decision>
            </m:definitions>
            """
        try check(xml, "d", [:], gives: .number(2))
    }
}
