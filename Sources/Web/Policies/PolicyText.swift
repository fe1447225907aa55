import Decisions
import Workflow

/// Texts that only the pages of the policies use.
enum PolicyText {
    static let policies = Phrase("政策", "Policies")
    static let lead = Phrase(
        "每件案子按其发生日的版本裁决。版本由一人提交、另一人批准；施行过的永不改变。",
        "Each case is decided by the edition of its day. One person submits an edition, another approves it; one that was in force never changes."
    )
    static let editions = Phrase("版本", "Editions")
    static let drafts = Phrase("尚未提交的草案", "Drafts, not submitted yet")
    static let noDrafts = Phrase(
        "没有草案。把新版本的文件夹放进政策目录，这里就会出现。",
        "No draft. Put a new edition's folder into the policies' directory, and it appears here.")
    static let inForce = Phrase("施行中", "in force")
    static let endless = Phrase("无终止日", "no last day")
    static let steps = Phrase("谁做了什么", "Who did what")
    static let submit = Phrase("提交待批", "Submit")
    static let approve = Phrase("批准", "Approve")
    static let withdraw = Phrase("撤回", "Withdraw")
    static let ownSubmission = Phrase(
        "由您提交，须另一人批准。", "You submitted it; another person must approve it.")
    static let tables = Phrase("决策表", "Decision tables")
    static let parameters = Phrase("参数", "Parameters")
    static let review = Phrase("审查", "Review")
    static let check = Phrase("空缺、重叠与用例", "Gaps, overlaps and cases")
    static let checkLead = Phrase(
        "打开本页时检查了全部决策表，并按严格方式跑了全部用例。",
        "Opening this page checked every table and ran every case strictly.")
    static let findings = Phrase("检查发现", "What the check found")
    static let noFindings = Phrase(
        "没有空缺，没有重叠，每行都有依据。", "No gap, no overlap, and every row cites its clause.")
    static let cases = Phrase("用例", "Policy cases")
    static let uncovered = Phrase("没有用例命中的规则", "Rules that no case hits")
    static let compare = Phrase("与另一版本比较", "Compare with another edition")
    static let difference = Phrase("差异", "What differs")
    static let sameRules = Phrase(
        "两版所用规则与参数相同。", "Both editions decide by the same rules and parameters.")
    static let backtest = Phrase("用过往案件试算", "Try it on the past cases")
    static let backtestLead = Phrase(
        "按这一版本重新裁决全部过往案件，看谁多、谁少、基金多付多少；什么也不写入。",
        "Decides all past cases again under this edition: who gets more, who less, what it costs the fund. Nothing is written."
    )
    static let runBacktest = Phrase("试算", "Run it")
    static let cost = Phrase("基金支出的变化", "What it costs the fund")
    static let busy = Phrase(
        "正在试算另一版本，请稍后再试。", "Another edition is being tried; try again in a moment.")

    static func hitPolicy(_ policy: HitPolicy) -> Phrase {
        switch policy {
        case .unique: Phrase("唯一：至多一条规则命中", "Unique: at most one rule matches")
        case .any: Phrase("任意：命中的规则结论一致", "Any: all rules that match agree")
        case .first:
            Phrase("首条：从上往下，第一条命中的算数", "First: from the top, the first that matches decides")
        case .priority: Phrase("优先：列在前面的结论优先", "Priority: the output listed first decides")
        case .ruleOrder: Phrase("全部结论，按规则次序", "All outputs, in the order of the rules")
        case .outputOrder: Phrase("全部结论，按结论次序", "All outputs, in the order they are listed")
        case .collect: Phrase("收集全部结论", "All outputs")
        case .sum: Phrase("全部结论之和", "The sum of all outputs")
        case .minimum: Phrase("全部结论中最小的", "The least of all outputs")
        case .maximum: Phrase("全部结论中最大的", "The greatest of all outputs")
        case .count: Phrase("命中的条数", "How many rules match")
        }
    }

    static func state(_ state: String) -> Phrase {
        switch state {
        case "submitted": Phrase("已提交，待批准", "submitted, to be approved")
        case "approved": Phrase("已批准", "approved")
        case "withdrawn": Phrase("已撤回", "withdrawn")
        case "draft": Phrase("草案", "draft")
        default: Phrase(state, state)
        }
    }

    /// - Parameter step: As `EditionStep.kind` writes it.
    static func step(_ step: String) -> Phrase {
        switch step {
        case "founded": Phrase("开办时即有", "there when the office was founded")
        case "submitted": Phrase("提交", "submitted")
        case "approved": Phrase("批准", "approved")
        case "withdrawn": Phrase("撤回", "withdrawn")
        default: Phrase(step, step)
        }
    }

    static func change(_ change: Change) -> Phrase {
        switch change {
        case .same: Phrase("不变", "the same")
        case .more: Phrase("增加", "more")
        case .less: Phrase("减少", "less")
        case .otherPath: Phrase("金额不变，方式不同", "the same amount by another path")
        case .nowRefused: Phrase("改为不予受理", "now declined")
        case .nowAccepted: Phrase("改为受理", "now accepted")
        case .moreEvidence: Phrase("先补证据", "evidence would be asked for first")
        }
    }

    static func severity(_ severity: PolicyFinding.Severity) -> Phrase {
        switch severity {
        case .error: Phrase("错误", "error")
        case .warning: Phrase("提醒", "warning")
        }
    }
}
