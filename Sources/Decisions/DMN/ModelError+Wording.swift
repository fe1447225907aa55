extension ModelError: CustomStringConvertible {
    /// In English: file and line, what is wrong, how to mend it.
    public var description: String { place + ": " + wording.english }
    /// The same in Chinese.
    public var chineseDescription: String { place + "：" + wording.chinese }

    private var place: String {
        switch self {
        case .tooLarge(let file, _), .documentType(let file), .notDMN(let file, _, _),
            .circle(let file, _), .tooManyRequirements(let file), .tooManyImports(let file):
            file
        case .tooDeep(let file, let line), .notUTF8(let file, let line),
            .missingAttribute(let file, let line, _, _),
            .unknownReference(let file, let line, _, _, _),
            .unknownType(let file, let line, _, _, _), .missingImport(let file, let line, _),
            .ragged(let file, let line, _, _, _, _, _), .unknownHitPolicy(let file, let line, _, _),
            .unknownAggregation(let file, let line, _, _), .badValue(let file, let line, _, _),
            .unreadableConstraint(let file, let line, _, _, _):
            "\(file):\(line)"
        case .malformed(let file, let line, let column, _): "\(file):\(line):\(column)"
        }
    }

    public var wording: Wording {
        switch self {
        case .tooLarge(_, let bytes):
            Wording(
                "\(bytes) bytes; a model has at most \(Limits.fileBytes), split it",
                "\(bytes) 字节；一个模型最多 \(Limits.fileBytes) 字节，请拆分")
        case .documentType:
            Wording(
                "remove the <!DOCTYPE …> declaration; it is never read",
                "请删去 <!DOCTYPE …> 声明；不会读取它")
        case .notUTF8:
            Wording(
                "these characters are not UTF-8; save the file as UTF-8",
                "这里的字符不是 UTF-8；请把文件另存为 UTF-8 编码")
        case .tooDeep:
            Wording(
                "elements are nested deeper than \(Limits.elementLevels) levels; split the model",
                "元素嵌套超过 \(Limits.elementLevels) 层；请拆分模型")
        case .malformed(_, _, _, let code): XMLFault.wording(code)
        case .badValue(_, _, let text, let type):
            Wording("\"\(text)\" is no \(type); correct it", "“\(text)”不是 \(type)；请改正")
        case .notDMN(_, let root, let namespace):
            Wording(
                "the root is <\(root)> of \"\(namespace)\"; it must be <definitions> of DMN 1.1–1.5",
                "根元素是 \"\(namespace)\" 的 <\(root)>；应为 DMN 1.1–1.5 的 <definitions>")
        case .missingAttribute(_, _, let element, let attribute):
            Wording(
                "<\(element)> needs the attribute \(attribute); add it",
                "<\(element)> 缺少属性 \(attribute)；请补上")
        case .unknownReference(_, _, let element, let reference, let near):
            Wording(
                "\(element) requires \"\(reference)\", which does not exist; correct the href",
                "\(element) 依赖 \"\(reference)\"，但它不存在；请改正 href"
            ).followed(by: near.map(Wording.didYouMean))
        case .unknownType(_, _, let element, let type, let near):
            Wording(
                "\(element) has the type \"\(type)\", which is not defined; add an itemDefinition",
                "\(element) 的类型“\(type)”没有定义；请加上 itemDefinition"
            ).followed(by: near.map(Wording.didYouMean))
        case .unreadableConstraint(_, _, let element, let text, let error):
            Wording(
                "the allowed values of \(element) cannot be read: \(error.wording.english) (in: \(text))",
                "\(element) 的允许值无法读取：\(error.wording.chinese)（原文：\(text)）")
        case .missingImport(_, _, let namespace):
            Wording(
                "the imported model \"\(namespace)\" was not given; load it first, or correct the namespace",
                "导入的模型 \"\(namespace)\" 没有提供；请先加载，或改正命名空间")
        case .circle(_, let decisions):
            Wording(
                "these decisions require each other: \(decisions.joined(separator: " → ")); remove one requirement",
                "这些决策互相依赖：\(decisions.joined(separator: " → "))；请去掉其中一个依赖")
        case .tooManyRequirements:
            Wording(
                "more than \(Limits.requirementLevels) decisions require each other, one after the other; shorten the chain",
                "相继依赖的决策超过 \(Limits.requirementLevels) 个；请缩短")
        case .tooManyImports:
            Wording(
                "more than \(Limits.units) imported files; import each model once",
                "导入的文件超过 \(Limits.units) 个；每个模型请只导入一次")
        case .ragged(_, _, let element, let row, let kind, let wanted, let found):
            Wording(
                "row \(row) of \(element) has \(found) \(kind.english) for \(wanted) columns; give one cell for each column",
                "\(element) 第\(row)行有 \(found) 个\(kind.chinese)，但有 \(wanted) 列；每列请各写一格")
        case .unknownHitPolicy(_, _, let element, let policy):
            Wording(
                "\(element) has the hit policy \"\(policy)\"; use UNIQUE, ANY, FIRST, PRIORITY, RULE ORDER, OUTPUT ORDER or COLLECT",
                "\(element) 的命中策略是“\(policy)”；请用 UNIQUE、ANY、FIRST、PRIORITY、RULE ORDER、OUTPUT ORDER 或 COLLECT"
            )
        case .unknownAggregation(_, _, let element, let aggregation):
            Wording(
                "\(element) has the aggregation \"\(aggregation)\"; use SUM, MIN, MAX or COUNT, or none",
                "\(element) 的汇总方式是“\(aggregation)”；请用 SUM、MIN、MAX 或 COUNT，或不写")
        }
    }
}

extension ModelError.CellKind {
    fileprivate var english: String {
        switch self {
        case .input: "input cells"
        case .output: "output cells"
        case .cell: "cells"
        }
    }

    fileprivate var chinese: String {
        switch self {
        case .input: "输入单元格"
        case .output: "输出单元格"
        case .cell: "单元格"
        }
    }
}
