/// What can be wrong in the text of an expression.
extension Wording {
    /// - Parameter found: nil where the expression ends.
    static func unexpected(_ found: String?, wanted: Wording) -> Wording {
        guard let found else {
            return Wording(
                "the expression ends where \(wanted.english) should be",
                "表达式到此结束，但这里应有\(wanted.chinese)")
        }
        return Wording(
            "\"\(found)\" stands where \(wanted.english) should be",
            "此处是“\(found)”，但应有\(wanted.chinese)")
    }

    static func sign(_ text: String) -> Wording { Wording("\"\(text)\"", " \(text) ") }
    static let value = Wording("a value", "一个值")
    static let name = Wording("a name", "一个名称")
    static let component = Wording("the name of a component", "成员名称")
    static let nameAndColon = Wording("a name and a colon", "名称和冒号")
    static let rangeEnd = Wording("the end of the range", "区间的结束括号")
    static let operatorOrEnd = Wording("an operator or the end", "运算符，或表达式到此为止")

    // MARK: Hints that follow

    static func typeInstead(_ found: String, _ wanted: String) -> Wording {
        Wording("type \(wanted) instead of \(found)", "请把 \(found) 改为 \(wanted)")
    }
    static func fullWidth(_ found: String, _ wanted: String) -> Wording {
        Wording(
            "\(found) is typed with a Chinese keyboard; type the English \(wanted)",
            "\(found) 是中文全角符号；请在英文输入法下改为 \(wanted)")
    }
    static let oneEqualSign = Wording("FEEL compares with one =", "FEEL 用一个 = 比较，请删去多余的等号")
    static let bracketedRange = Wording(
        "a range needs brackets: [1..5], or (1..5) without its ends",
        "区间要加括号：[1..5] 含两端，(1..5) 不含")
    static let joinedTests = Wording(
        "one cell takes one range, not two comparisons: > 1 and <= 5 is written (1..5]",
        "单元格里不能用 and 连接两个比较：> 1 且 <= 5 应写成区间 (1..5]")
    static let notNeedsBrackets = Wording(
        "not takes brackets: not(\"a\", \"b\")", "not 后面要加括号：not(\"a\", \"b\")")
    static let dashAlone = Wording(
        "a - alone means any value, and only in an input cell; write a value, or null",
        "单独的 - 表示任意值，只能用在输入单元格；请填写，或写 null")
    static let percent = Wording("write 5 % as 0.05", "百分数请写成小数：5% 写成 0.05")
    static let unitOfMoney = Wording(
        "write the number alone, without 元 or ¥", "只写数字，不写“元”或“¥”")

    // MARK: Texts that cannot be read

    static let unclosedString = Wording(
        "the string is never closed; add a quotation mark", "字符串没有结束；请补上引号 \"")
    static let unclosedChineseString = Wording(
        "the string is never closed: “ and ” are Chinese quotation marks; type \" at both ends",
        "字符串没有结束：“ 和 ” 是中文引号；请在两端都用英文引号 \"")
    static let unclosedComment = Wording(
        "the comment is never closed; add */", "注释没有结束；请补上 */")
    static let tooLong = Wording(
        "the expression is longer than \(Limits.expressionScalars) characters; split it",
        "表达式超过 \(Limits.expressionScalars) 个字符；请拆开")
    static let tooNested = Wording(
        "the expression is nested deeper than \(Limits.nestingLevels) levels; split it",
        "表达式嵌套超过 \(Limits.nestingLevels) 层；请拆开")
    static let tooManyLinks = Wording(
        "more than \(Limits.chainLinks) operators follow each other; use a list",
        "连续的运算符超过 \(Limits.chainLinks) 个；请改用列表")
    static let tooManyLevels = Wording(
        "the expression is built of more than \(Limits.treeLevels) levels; split it",
        "表达式超过 \(Limits.treeLevels) 层；请拆开")
    static let mixedArguments = Wording(
        "arguments are either all named or all in order; name all of them, or none",
        "参数要么全部写名称，要么全部按顺序；请统一")
    static func duplicateEntry(_ name: String) -> Wording {
        Wording("the entry \"\(name)\" occurs twice; rename one", "“\(name)”出现了两次；请改名")
    }
    static func noType(_ name: String, near: String?) -> Wording {
        Wording(
            "\"\(name)\" is no type; use number, string, … or an item definition",
            "“\(name)”不是类型；请用 number、string 等，或已定义的类型"
        ).followed(by: near.map(didYouMean))
    }

    // MARK: Texts that can be read and mean nothing

    static func unknownName(_ name: String, near: String?) -> Wording {
        let wording = Wording(
            "the name \"\(name)\" is not known here", "这里没有名为“\(name)”的输入、决策或函数")
        if let word = Confusables.words[name] {
            return wording.followed(by: typeInstead(name, word))
        }
        if let digits = Confusables.digits(name) {
            return wording.followed(by: fullWidth(name, digits))
        }
        if let near { return wording.followed(by: didYouMean(near)) }
        return wording.followed(
            by: Wording(
                "require it, correct it, or put it in quotes if the text is meant: \"\(name)\"",
                "请加上对它的依赖、改正名称；若是文字，请加引号：\"\(name)\""))
    }
    static func didYouMean(_ name: String) -> Wording {
        Wording("did you mean \"\(name)\"?", "是否应为“\(name)”？")
    }
    static func noTemporal(_ text: String) -> Wording {
        Wording(
            "\"\(text)\" is no date, time or duration; write 2026-01-31, 08:30:00 or P3D",
            "“\(text)”不是日期、时间或时长；请写成 2026-01-31、08:30:00 或 P3D")
    }
    static func hugeNumber(_ text: String) -> Wording {
        Wording("\(text) is beyond the range of numbers; use a smaller one", "\(text) 超出数字的范围；请改小")
    }
    static func groupedNumber(_ text: String) -> Wording {
        Wording(
            "\(text) is read as several numbers; write it without commas",
            "\(text) 会被读成几个数；数字中请不要加逗号")
    }
    static func noArity(_ function: String, _ count: Int, _ signatures: [String]) -> Wording {
        let forms = signatures.joined(separator: " or ")
        return Wording(
            "\(function) does not take \(count) argument\(count == 1 ? "" : "s"); write \(forms)",
            "\(function) 不接受 \(count) 个参数；请写成 \(forms)")
    }
    static func noParameter(
        _ function: String, _ name: String, near: String?, _ signatures: [String]
    ) -> Wording {
        let forms = signatures.joined(separator: " or ")
        return Wording(
            "\(function) has no parameter \"\(name)\"; write \(forms)",
            "\(function) 没有参数“\(name)”；请写成 \(forms)"
        ).followed(by: near.map(didYouMean))
    }
    static func notAFunction(_ kind: String) -> Wording {
        Wording(
            "a \(kind) is called as if it were a function; remove the brackets or put an operator",
            "\(kind) 不是函数，不能调用；请删去括号或补上运算符")
    }
    static func noMember(_ name: String, of type: String, near: String?, _ members: [String])
        -> Wording
    {
        let all = members.joined(separator: ", ")
        return Wording(
            "\(type) has no component \"\(name)\"; it has \(all)", "\(type) 没有成员“\(name)”；有 \(all)"
        ).followed(by: near.map(didYouMean))
    }
    static func noComponents(_ name: String, of type: String) -> Wording {
        Wording(
            "a \(type) has no component \"\(name)\"; remove the dot and what follows",
            "\(type) 没有成员“\(name)”；请删去点号及其后的部分")
    }
    static func neverEqual(_ a: String, _ b: String) -> Wording {
        Wording(
            "a \(a) is compared with a \(b), which is never decided; make both the same type",
            "\(a) 与 \(b) 不能比较；请改成同一类型")
    }
    static func textAsCondition(_ text: String) -> Wording {
        Wording(
            "and, or join conditions, not values like \(text); list values with commas",
            "and、or 连接的是条件，不是 \(text) 这样的值；多个值请用逗号分开")
    }
    static func noDate(_ function: String) -> Wording {
        Wording(
            "\(function)(…) is given a number; put the text in quotes: \(function)(\"…\")",
            "\(function)(…) 得到的是数字；请给文字加引号：\(function)(\"…\")")
    }
    static func neverTemporal(_ call: String) -> Wording {
        Wording("\(call) does not exist; correct it", "\(call) 不存在；请改正")
    }
    static let noExternalReference = Wording(
        "an external function needs a class and a method signature in quotes",
        "外部函数要写明带引号的 class 和 method signature")
    static func external(_ reference: String) -> Wording {
        Wording(
            "\(reference) lies outside the model and is not run; write the function in FEEL",
            "\(reference) 在模型之外，不会运行；请用 FEEL 编写该函数")
    }
}
