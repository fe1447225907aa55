extension Measure {
    package static let overdue = Measure(
        "overdue", Words("超期件", "overdue"),
        Words(
            "本期登记、办理时限已被突破的诉求件，含尚未办结的。",
            "Items registered in the period whose handling limit was missed, open ones included."),
        .count([.overdue]))
    package static let meanOverrun = Measure(
        "overrun-mean", Words("平均超期", "mean overrun"),
        Words("超期件平均超出办理时限的时间。", "By how much overdue items missed their limit, on average."),
        .meanTime(.handlingOverMs, of: .overdue))

    /// 三率之一.
    package static let responseRate = Measure(
        "response-rate", Words("响应率", "response rate"),
        Words(
            "本期登记的诉求件中，联系时限和响应时限已有结果的，按时的占比。",
            "Of the limits to contact or to respond that were decided, those that were kept."),
        .rate([.contactKept, .responseKept], of: [.contactDue, .responseDue]))
    /// 三率之二.
    package static let solvedRate = Measure(
        "solved-rate", Words("解决率", "solved rate"),
        Words(
            "已有办理结果（解决、部分解决、未解决）的诉求件中，解决的占比；“其他”不计入。",
            "Of items that ended solved, partly solved or not, those solved; “other” is left out."),
        .rate([.solved], of: [.solved, .partlySolved, .notSolved]), .withoutOther)
    /// 三率之三, and Weihai's 回访满意率.
    package static let satisfaction = Measure(
        "satisfaction", Words("回访满意率", "satisfaction"),
        Words(
            "回访到本人的诉求件中，评为A、B档的占比；联系不上的既不算满意也不算不满意，“其他”不计入。",
            "Of callers reached, those who graded it A or B; the unreachable are neither satisfied"
                + " nor not, and “other” is left out."),
        .rate([.gradeA, .gradeB], of: [.gradeA, .gradeB, .gradeC]), .withoutOther)
    package static let endedRate = Measure(
        "ended-rate", Words("办结率", "completion rate"),
        Words(
            "本期登记的诉求件中，至今已办结的占比；“其他”不计入。",
            "Of items registered in the period, those that have ended by now; “other” is left out."),
        .rate([.ended], of: [.registered]), .withoutOther)
    package static let onTimeRate = Measure(
        "on-time-rate", Words("按时办结率", "on-time completion rate"),
        Words(
            "办理时限已有结果的诉求件中，按时办结的占比；已超期而未办结的计入分母。",
            "Of items whose handling limit was decided, those done in time; overdue ones that are"
                + " still open are in the denominator."),
        .rate([.handlingKept], of: [.handlingDue]))
    package static let contactRate = Measure(
        "contact-rate", Words("及时联系率", "timely contact rate"),
        Words(
            "联系时限已有结果的诉求件中，承办单位按时联系诉求人的占比。",
            "Of items whose contact limit was decided, those whose caller was contacted in time."),
        .rate([.contactKept], of: [.contactDue]))
    package static let dispatchRate = Measure(
        "dispatch-rate", Words("及时派单率", "timely dispatch rate"),
        Words("派单时限已有结果的诉求件中，按时派出的占比。", "Of the dispatch limits decided, those kept."),
        .rate([.dispatchKept], of: [.dispatchDue]))
    package static let signingRate = Measure(
        "signing-rate", Words("按时签收率", "timely signing rate"),
        Words("签收时限已有结果的诉求件中，按时签收的占比。", "Of the signing limits decided, those kept."),
        .rate([.signingKept], of: [.signingDue]))
    package static let callBackRate = Measure(
        "call-back-rate", Words("回访率", "call-back rate"),
        Words(
            "本期登记、已办结的诉求件中，已回访的占比，联系不上的也算已回访；“其他”不计入。",
            "Of items that have ended, those called back, reached or not; “other” is left out."),
        .rate([.calledBack], of: [.ended]), .withoutOther)
    package static let callBackOnTime = Measure(
        "call-back-on-time", Words("按时回访率", "timely call-back rate"),
        Words("回访时限已有结果的诉求件中，按时回访的占比。", "Of the call-back limits decided, those kept."),
        .rate([.followUpKept], of: [.followUpDue]))
    package static let redispatchRate = Measure(
        "redispatch-rate", Words("二次派单率", "re-dispatch rate"),
        Words("已派单的诉求件中，派过两次及以上的占比。", "Of items dispatched, those dispatched again."),
        .rate([.redispatched], of: [.dispatched]))
    package static let returnRate = Measure(
        "return-rate", Words("退回率", "return rate"),
        Words(
            "已派单的诉求件中，被承办单位退回过的占比。",
            "Of items dispatched, those a bureau sent back as not its own."),
        .rate([.returned], of: [.dispatched]))
    package static let reopenRate = Measure(
        "reopen-rate", Words("重办率", "reopening rate"),
        Words("本期登记的诉求件中，办结后又重办的占比。", "Of items registered, those reopened."),
        .rate([.reopened], of: [.registered]))
    package static let repeatRate = Measure(
        "repeat-rate", Words("重复诉求率", "repeat rate"),
        Words(
            "本期登记的诉求件中，同一人就同一事再次提出的占比。",
            "Of items registered, those that bring the same person's same matter again."),
        .rate([.repeated], of: [.registered]))
    package static let extensionRate = Measure(
        "extension-rate", Words("延期率", "extension rate"),
        Words("本期登记的诉求件中，办理时限延长过的占比。", "Of items registered, those extended."),
        .rate([.extended], of: [.registered]))
    package static let overturnRate = Measure(
        "overturn-rate", Words("改变决定率", "overturned decisions"),
        Words(
            "本期登记的诉求件中，决定经异议、复核或审核被改变的占比。",
            "Of items registered, those with a decision taken back on objection, review or audit."),
        .rate([.overturned], of: [.registered]))
    package static let dispatchesEach = Measure(
        "dispatches-each", Words("件均派单次数", "dispatches each"),
        Words("已派单的诉求件平均派单次数。", "How often an item was dispatched, on average."),
        .mean(.dispatches, of: .dispatched))

    static let quality = [
        responseRate, solvedRate, satisfaction, endedRate, onTimeRate, contactRate, dispatchRate,
        signingRate, callBackRate, callBackOnTime, redispatchRate, returnRate, reopenRate,
        repeatRate, extensionRate, overturnRate, dispatchesEach, overdue, meanOverrun,
    ]

    /// 威海四项: accepted, timely contact, on-time completion, call-back satisfaction.
    package static let weihai = [accepted, contactRate, onTimeRate, satisfaction]
    /// 三率.
    package static let threeRates = [responseRate, solvedRate, satisfaction]
}
