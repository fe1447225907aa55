/// What breaks the model: pieces of XML, and texts for one cell or expression, a line each.
enum BrokenTexts {
    static let structure: [BrokenModel.Break] = [
        .init("tag not closed", "</decisionTable></decision>", "</decision>"),
        .init("file ends early", "</definitions>", ""),
        .init("text after the end", "</definitions>", "</definitions>oops"),
        .init("bare ampersand", "whole * rate", "whole & rate"),
        .init("bare less-than", "whole * rate", "whole <3"),
        .init("attribute without quotes", "name=\"Track\"", "name=Track"),
        .init("attribute twice", "id=\"d_track\"", "id=\"d_track\" id=\"x\""),
        .init("attribute not closed", "name=\"Track\">", "name=\"Track>"),
        .init("Chinese quotes in XML", "name=\"Track\"", "name=“Track”"),
        .init("unknown entity", "whole * rate", "whole&nbsp;* rate"),
        .init("prefix not declared", "<decision id=\"d_track\"", "<x:decision id=\"d_track\""),
        .init("document type", "<definitions xmlns", "<!DOCTYPE a><definitions xmlns"),
        .init("namespace of BPMN", "spec/DMN/20230324/MODEL/", "spec/BPMN/20100524/MODEL"),
        .init("no namespace", " xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"", ""),
        .init("input without a name", "id=\"i_kind\" name=\"kind\"", "id=\"i_kind\""),
        .init("decision without a name", "id=\"d_sum\" name=\"Sum\"", "id=\"d_sum\""),
        .init("type without a name", "<itemDefinition name=\"tKind\"", "<itemDefinition"),
        .init("type not defined", "typeRef=\"tKind\"/>", "typeRef=\"tKnid\"/>"),
        .init(
            "type of no kind", "variable name=\"day\" typeRef=\"date\"",
            "variable name=\"day\" typeRef=\"money\""),
        .init("component of no type", "<typeRef>number</typeRef>", "<typeRef>Number</typeRef>"),
        .init(
            "type missing", "<itemDefinition name=\"tKind\"><typeRef>string</typeRef>",
            "<itemDefinition name=\"tOther\"><typeRef>string</typeRef>"),
        .init(
            "type of itself", "<itemDefinition name=\"tKind\"><typeRef>string",
            "<itemDefinition name=\"tKind\"><typeRef>tKind"),
        .init(
            "type that says nothing", "<itemDefinition name=\"tKind\"><typeRef>string</typeRef>",
            "<itemDefinition name=\"tKind\">"),
        .init(
            "two types of a name", "<itemDefinition name=\"tClaim\">",
            "<itemDefinition name=\"tKind\"><typeRef>string</typeRef></itemDefinition><itemDefinition name=\"tClaim\">"
        ),
        .init(
            "allowed values in Chinese quotes", "<text>\"hotel\", \"queue\"</text>",
            "<text>“hotel”, “queue”</text>"),
        .init(
            "allowed values with a Chinese comma", "<text>\"hotel\", \"queue\"</text>",
            "<text>\"hotel\"，\"queue\"</text>"),
        .init(
            "two inputs of a name", "name=\"day\"><variable name=\"day\"",
            "name=\"kind\"><variable name=\"kind\""),
        .init(
            "decision named as an input", "name=\"Box\"><variable name=\"Box\"",
            "name=\"kind\"><variable name=\"kind\""),
        .init("two elements of an id", "id=\"i_day\"", "id=\"i_kind\""),
        .init("variable of another name", "<variable name=\"Track\"", "<variable name=\"Trak\""),
        .init("href to nothing", "href=\"#i_kind\"", "href=\"#i_knd\""),
        .init("href without #", "href=\"#i_kind\"", "href=\"i_kindness\""),
        .init("href missing", "<requiredInput href=\"#i_kind\"/>", "<requiredInput/>"),
        .init("href empty", "<requiredInput href=\"#i_kind\"/>", "<requiredInput href=\"\"/>"),
        .init("requirement empty", "<requiredInput href=\"#i_kind\"/>", ""),
        .init(
            "input required as a decision", "<requiredInput href=\"#i_kind\"/>",
            "<requiredDecision href=\"#i_kind\"/>"),
        .init(
            "decision required as knowledge", "<requiredKnowledge href=\"#b_share\"/>",
            "<requiredKnowledge href=\"#d_track\"/>"),
        .init("circle", "<requiredInput href=\"#i_kind\"/>", "<requiredDecision href=\"#d_sum\"/>"),
        .init(
            "requirement forgotten",
            "<informationRequirement><requiredInput href=\"#i_kind\"/></informationRequirement>", ""
        ),
        .init(
            "knowledge forgotten",
            "<knowledgeRequirement><requiredKnowledge href=\"#b_share\"/></knowledgeRequirement>\n    <literal",
            "<literal"),
        .init(
            "decision without logic",
            "<literalExpression><text>share(claim amount, 0.5)</text></literalExpression>", ""),
        .init(
            "logic misspelt",
            "<literalExpression><text>share(claim amount, 0.5)</text></literalExpression>",
            "<literalExpresion><text>1</text></literalExpresion>"),
        .init("expression empty", "<text>share(claim amount, 0.5)</text>", "<text> </text>"),
        .init("expression without text", "<text>share(claim amount, 0.5)</text>", ""),
        .init(
            "another language", "<literalExpression><text>share(claim",
            "<literalExpression expressionLanguage=\"javascript\"><text>share(claim"),
        .init(
            "another language for all", "name=\"m\" namespace",
            "expressionLanguage=\"http://www.juel.org\" name=\"m\" namespace"),
        .init("function of Java", "<encapsulatedLogic>", "<encapsulatedLogic kind=\"Java\">"),
        .init("function of PMML", "<encapsulatedLogic>", "<encapsulatedLogic kind=\"PMML\">"),
        .init(
            "knowledge without logic",
            "<literalExpression><text>whole * rate</text></literalExpression>", ""),
        .init(
            "parameter of no type", "name=\"rate\" typeRef=\"number\"",
            "name=\"rate\" typeRef=\"nubmer\""),
        .init("hit policy empty", "hitPolicy=\"UNIQUE\"", "hitPolicy=\"\""),
        .init("hit policy as a letter", "hitPolicy=\"UNIQUE\"", "hitPolicy=\"U\""),
        .init("hit policy misspelt", "hitPolicy=\"UNIQUE\"", "hitPolicy=\"UNIQ\""),
        .init(
            "aggregation of no kind", "hitPolicy=\"UNIQUE\"",
            "hitPolicy=\"COLLECT\" aggregation=\"AVERAGE\""),
        .init(
            "aggregation with UNIQUE", "hitPolicy=\"UNIQUE\"",
            "hitPolicy=\"UNIQUE\" aggregation=\"SUM\""),
        .init(
            "aggregation of two outputs", "hitPolicy=\"UNIQUE\">\n      <input>",
            "hitPolicy=\"COLLECT\" aggregation=\"SUM\"><output name=\"z\"/><input>"),
        .init(
            "priority without values", "hitPolicy=\"UNIQUE\"", "hitPolicy=\"PRIORITY\"",
            "<outputValues><text>\"quick\", \"slow\"</text></outputValues>"),
        .init("cell missing", "<inputEntry><text>-</text></inputEntry>", ""),
        .init(
            "cell too many", "<inputEntry><text>-</text></inputEntry>",
            "<inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry>"),
        .init("output missing", "<outputEntry><text>\"slow\"</text></outputEntry>", ""),
        .init(
            "no output column",
            "<output typeRef=\"string\"><outputValues><text>\"quick\", \"slow\"</text></outputValues></output>",
            ""),
        .init(
            "column without expression",
            "<input><inputExpression typeRef=\"number\"><text>claim amount</text></inputExpression></input>",
            "<input/>"),
        .init(
            "column of an unknown name", "<text>claim amount</text></inputExpression>",
            "<text>claim amont</text></inputExpression>"),
        .init(
            "column of no type", "<inputExpression typeRef=\"number\">",
            "<inputExpression typeRef=\"numbers\">"),
        .init(
            "output values not FEEL", "<text>\"quick\", \"slow\"</text></outputValues>",
            "<text>\"quick\"、\"slow\"</text></outputValues>"),
        .init(
            "relation with a cell missing",
            "<literalExpression><text>2</text></literalExpression></row>", "</row>"),
        .init("binding to no parameter", "<parameter name=\"rate\"/>", "<parameter name=\"rat\"/>"),
        .init("binding without a parameter", "<parameter name=\"rate\"/>", ""),
        .init(
            "binding forgotten",
            "<binding><parameter name=\"rate\"/>\n          <literalExpression><text>0.5</text></literalExpression></binding>",
            ""),
        .init(
            "invocation of nothing", "<literalExpression><text>share</text></literalExpression>", ""
        ),
        .init(
            "entry without a value",
            "<contextEntry><literalExpression><text>half</text></literalExpression></contextEntry>",
            "<contextEntry><variable name=\"c\"/></contextEntry>"),
        .init("entry without a name", "<contextEntry><variable name=\"half\"/>", "<contextEntry>"),
        .init("two entries of a name", "<variable name=\"many\"/>", "<variable name=\"half\"/>"),
        .init("service without an output", "<outputDecision href=\"#d_sum\"/>", ""),
        .init(
            "service with an output that is none", "<outputDecision href=\"#d_sum\"/>",
            "<outputDecision href=\"#i_day\"/>"),
        .init(
            "service with an unknown output", "<outputDecision href=\"#d_sum\"/>",
            "<outputDecision href=\"#d_summ\"/>"),
        .init(
            "import not given", "<inputData id=\"i_day\"",
            "<import namespace=\"urn:other\" name=\"o\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/><inputData id=\"i_day\""
        ),
        .init(
            "import of another kind", "<inputData id=\"i_day\"",
            "<import namespace=\"urn:x\" name=\"o\" importType=\"http://www.w3.org/2001/XMLSchema\"/><inputData id=\"i_day\""
        ),
    ]

    /// In the cell of row 1 for `claim amount`, a number.
    static let amountCells = """
        <=
        =< 2000
        => 2000
        == 2000
        <> 2000
        != = 2000
        ≤2000
        ＜2000
        ＜＝2000
        （1，2000）
        [1，2000]
        (1..2000
        1..2000
        1～2000
        >= 1 and <= 2000
        claim amount <= 2000
        ? <= 2000 and
        2000元
        ¥2000
        2,000
        ２０００
        "2000"
        <= "2000"
        ["1".."2"]
        twothousand
        5%
        不限
        -,5
        not 2000
        not(2000
        date("2026-01-01")
        """

    /// In the cell of row 1 for `kind`, one of "hotel" and "queue".
    static let kindCells = """
        “hotel”
        "hotel”
        "hotel
        'hotel'
        hotel
        "hotle"
        "hotel"，"queue"
        "hotel"、"queue"
        "hotel"。
        "hotel" or "queue"
        "hotel", "taxi"
        not（"hotel"）
        5
        是
        “hotel"
        "hotel" "queue"
        """

    /// In the output cell of row 1, one of "quick" and "slow".
    static let outputCells = """

        -
        "qiuck"
        quick
        “quick”
        12
        "quick"，
        if kind = "hotel" then "quick"
        """

    /// In the expression of `Sum`.
    static let expressions = """
        claim amont
        Claim Amount * 2
        claim.amont
        claim.amount.size
        sahre(claim amount, 0.5)
        share(claim amount)
        share(whole: claim amount, rat: 0.5)
        share(whole: claim amount, 0.5)
        (claim amount
        claim amount)
        claim amount +
        claim amount ** * 2
        claim amount == 5
        claim amount => 5
        claim amount = "5"
        claim.kind > 5
        day < "2026-01-01"
        substring("abc")
        substring(text: "abc", start position: 1)
        string lenght("abc")
        count()
        date(2026-01-01)
        date("2026-02-30")
        @"2026-13-01"
        [1, 2
        {a: 1, a: 2}
        {a 1}
        "投诉
        if claim amount > 5 then 1
        for x in [1, 2] x + 1
        some x in [1] x > 1
        claim amount instance of nubmer
        function(x) external {java: {class: "A", method signature: "b()"}}
        "a" and "b"
        claim amount（1）
        max（1，2）
        1 ； 2
        claim amount ≥ 5
        TRUE
        1E9999
        /* a comment
        5(1)
        true && false
        '单引号'
        """
}
