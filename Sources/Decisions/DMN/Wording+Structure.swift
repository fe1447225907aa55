/// What can be wrong in how a model is put together.
extension Wording {
    static func onlyFEEL(_ language: String) -> Wording {
        Wording(
            "the expression language is \(language); only FEEL is run, so write it in FEEL and remove expressionLanguage",
            "表达式语言是 \(language)；这里只运行 FEEL，请改用 FEEL 并删去 expressionLanguage")
    }
    static func functionKind(_ kind: String) -> Wording {
        Wording(
            "only FEEL functions are run, not \(kind); write it in FEEL",
            "只运行 FEEL 函数，不运行 \(kind)；请用 FEEL 编写")
    }
    static func duplicateName(_ name: String, line: Int) -> Wording {
        Wording(
            "\"\(name)\" is also the name of the element in line \(line); rename one",
            "第\(line)行的元素也叫“\(name)”；请改名")
    }
    static func duplicateID(_ id: String, line: Int) -> Wording {
        Wording(
            "the id \"\(id)\" is also that of the element in line \(line); change one",
            "第\(line)行的元素 id 也是“\(id)”；请改其中一个")
    }
    static func nameDiffers(_ variable: String, _ element: String) -> Wording {
        Wording(
            "the variable is named \"\(variable)\" but its element \"\(element)\"; give both the same name",
            "变量名是“\(variable)”，元素名却是“\(element)”；请统一")
    }
    static func noLogic(_ found: String?) -> Wording {
        let wording = Wording(
            "there is no logic; add a decision table or a literal expression",
            "没有决策逻辑；请加上决策表或表达式")
        guard let found else { return wording }
        return Wording(
            "there is no logic: <\(found)> is no boxed expression; use <decisionTable>, <literalExpression> or another",
            "没有决策逻辑：<\(found)> 不是决策逻辑元素；请用 <decisionTable>、<literalExpression> 等"
        ).followed(by: nearestName(to: found, among: Compiler.logicNames).map(didYouMean))
    }
    static func missingHref(_ element: String) -> Wording {
        Wording(
            "<\(element)> names nothing; add href=\"#id\"", "<\(element)> 没有指向任何元素；请加上 href=\"#id\""
        )
    }
    static func emptyRequirement(_ element: String) -> Wording {
        Wording(
            "<\(element)> is empty; add what is required, or remove it",
            "<\(element)> 是空的；请写明所依赖的元素，或删去")
    }
    static func wrongTarget(_ element: String, _ href: String, _ target: String) -> Wording {
        Wording(
            "<\(element)> points to \(href), which is <\(target)>; point to an element of the right kind",
            "<\(element)> 指向 \(href)，但那是 <\(target)>；请指向正确类型的元素")
    }
    static let noOutputDecision = Wording(
        "the decision service gives out no decision; add an outputDecision",
        "决策服务没有输出；请加上 outputDecision")
    static func missingPart(_ element: String, _ part: String) -> Wording {
        Wording("<\(element)> has no <\(part)>; add it", "<\(element)> 缺少 <\(part)>；请补上")
    }
    static let emptyExpression = Wording(
        "the expression is empty; write one, or null", "表达式是空的；请填写，或写 null")
    static let emptyOutput = Wording(
        "the output cell is empty; write a value, or null", "输出单元格是空的；请填写，或写 null")
    static let unnamedEntry = Wording(
        "only the last entry, the result, may stand without a name; name this one",
        "只有最后一项（结果）可以没有名称；请给这一项命名")
    static func emptyType(_ name: String) -> Wording {
        Wording(
            "the item definition \"\(name)\" says nothing; add a typeRef or components",
            "类型“\(name)”没有内容；请加上 typeRef 或成员")
    }
    static func typeCircle(_ name: String) -> Wording {
        Wording(
            "the item definition \"\(name)\" is defined by itself; give it another typeRef",
            "类型“\(name)”用自己定义自己；请改用别的 typeRef")
    }
    static func unusedImport(_ type: String) -> Wording {
        Wording(
            "the import of type \"\(type)\" is not read; import DMN models only, or remove it",
            "类型为“\(type)”的导入不会读取；请只导入 DMN 模型，或删去")
    }

    // MARK: Tables

    static let noOutputs = Wording("the table has no output column; add one", "决策表没有输出列；请加上")
    static let noRules = Wording("the table has no rules; add one", "决策表没有规则；请加上")
    static let noInputExpression = Wording(
        "the column has no input expression; write what it looks at", "该列没有输入表达式；请写明检查什么")
    static let unnamedOutput = Wording(
        "a table with several outputs needs a name for each; add name=\"…\"",
        "有多个输出列时，每列都要有名称；请加上 name=\"…\"")
    static func duplicateOutput(_ name: String) -> Wording {
        Wording("two output columns are named \"\(name)\"; rename one", "有两个输出列都叫“\(name)”；请改名")
    }
    static func aggregationWithout(_ policy: String) -> Wording {
        Wording(
            "an aggregation goes with COLLECT only, not with \(policy); change the hit policy or remove it",
            "只有 COLLECT 可以汇总，\(policy) 不行；请改命中策略或删去 aggregation")
    }
    static let aggregationOfSeveral = Wording(
        "an aggregation needs exactly one output column; split the table", "汇总只能有一个输出列；请拆分决策表")
    static let noPriorities = Wording(
        "this hit policy ranks by the output values; list them in <outputValues>",
        "该命中策略按输出值的顺序排名；请在 <outputValues> 中列出")
    static func notListed(_ value: String, _ allowed: String) -> Wording {
        Wording(
            "\(value) is not among the allowed values \(allowed); correct it or list it there",
            "\(value) 不在允许值 \(allowed) 之中；请改正，或在那里补上")
    }
    static func neverMatches(_ kind: String, _ type: String) -> Wording {
        Wording(
            "a \(kind) stands in a column of type \(type), so the cell never matches; write a \(type)",
            "该列类型是 \(type)，这里却是 \(kind)，永远不会命中；请改为 \(type)")
    }
    static func wrongOutputType(_ kind: String, _ type: String) -> Wording {
        Wording(
            "the output is a \(kind), but the column is of type \(type); write a \(type)",
            "输出是 \(kind)，但该列类型是 \(type)；请改为 \(type)")
    }
    static let conditionInCell = Wording(
        "the cell is true or false and is compared with the input; write only > 5, or use ? for the input",
        "单元格的结果是真假，会拿去与输入值比较；请只写 > 5，或用 ? 代表输入值")
}
