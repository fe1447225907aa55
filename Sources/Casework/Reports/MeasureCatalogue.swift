extension Measure {
    /// Every measure there is, in the order of handbook §12.
    package static let all: [Measure] = flow + speed + quality + scheme + merchants + control

    package static func named(_ code: String) -> Measure? { byCode[code] }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })

    // MARK: Volume

    package static let registered = Measure(
        "registered", Words("登记量", "registered"),
        Words("本期登记的全部诉求件。", "All items registered in the period."),
        .count([.registered]))
    package static let accepted = Measure(
        "accepted", Words("受理量", "accepted"),
        Words("本期登记并已受理的诉求件。", "Items registered in the period that were accepted."),
        .count([.accepted]))
    package static let endedThen = Measure(
        "ended-then", Words("本期办结量", "ended in the period"),
        Words(
            "本期内办结的诉求件，不论何时登记；按办结日统计。",
            "Items that ended in the period, whenever registered; counted on the day they ended."),
        .count([.endedThen]))
    package static let urgent = Measure(
        "urgent", Words("紧急件", "urgent"),
        Words("本期登记、判定为紧急的诉求件。", "Items registered in the period and found urgent."),
        .count([.urgent]))
    package static let joint = Measure(
        "joint", Words("联动件", "joint"),
        Words(
            "本期登记、由多个承办单位联合处置的诉求件。",
            "Items registered in the period and handled by several bureaus together."),
        .count([.joint]))
    package static let referred = Measure(
        "referred", Words("转介件", "referred"),
        Words(
            "本期登记、转给来电人选定的服务单位、紧急线路或纪检监察的诉求件。",
            "Items registered in the period that went to a provider of the caller's choice, to an"
                + " emergency line or to discipline inspection."),
        .count([.referred]))
    private static let flow = [registered, accepted, endedThen, urgent, joint, referred]

    // MARK: Speed

    package static func within(_ speed: Speed, minutes: Int64) -> Measure {
        let (chinese, english) = speed.names
        let length =
            minutes % 1_440 == 0
            ? Words("\(minutes / 1_440)天", "\(minutes / 1_440) d")
            : minutes % 60 == 0
                ? Words("\(minutes / 60)小时", "\(minutes / 60) h")
                : Words("\(minutes)分钟", "\(minutes) min")
        return Measure(
            "\(speed.rawValue)-within-\(minutes)m",
            Words("\(chinese)≤\(length.chinese)占比", "\(english) ≤ \(length.english)"),
            Words(
                "本期登记、已完成\(chinese)的诉求件中，扣除中止时间后用时不超过\(length.chinese)的占比。",
                "Of items registered in the period whose \(english) is over, those that took at most"
                    + " \(length.english), pauses left out."),
            .within(speed, minutes: minutes))
    }

    package static func percentile(_ speed: Speed, _ percent: Int64) -> Measure {
        let (chinese, english) = speed.names
        let word = percent == 50 ? Words("中位数", "median") : Words("第\(percent)百分位", "p\(percent)")
        return Measure(
            "\(speed.rawValue)-p\(percent)",
            Words("\(chinese)用时\(word.chinese)", "\(english) \(word.english)"),
            Words(
                "已完成\(chinese)的诉求件扣除中止时间后用时的\(word.chinese)（最近秩法），向上取整："
                    + "2小时内到分钟，1天内到10分钟，10天内到小时，400天内到天。",
                "The \(word.english) (nearest rank) of the time taken, pauses left out, rounded up: to"
                    + " the minute within 2 h, to 10 minutes within 1 d, to the hour within 10 d, to"
                    + " the day within 400 d."),
            .percentile(speed, percent))
    }

    package static func meanTime(_ speed: Speed) -> Measure {
        let (chinese, english) = speed.names
        let cells = Cell.of(speed)
        return Measure(
            "\(speed.rawValue)-mean", Words("\(chinese)平均用时", "mean \(english) time"),
            Words(
                "已完成\(chinese)的诉求件扣除中止时间后的平均用时。",
                "The mean time taken until \(english) was over, pauses left out."),
            .meanTime(cells.used, of: cells.timed))
    }

    package static func meanPause(_ speed: Speed) -> Measure {
        let (chinese, english) = speed.names
        let cells = Cell.of(speed)
        return Measure(
            "\(speed.rawValue)-paused", Words("\(chinese)平均中止", "mean \(english) pause"),
            Words(
                "已完成\(chinese)的诉求件平均中止计时的时间，不计入用时。",
                "The mean time for which the clock stood still; it is not in the time taken."),
            .meanTime(cells.paused, of: cells.timed))
    }

    /// The bounds the five offices promise: 3 and 30 minutes, 1 day, 48 hours.
    private static let speed: [Measure] =
        [
            within(.acceptance, minutes: 3), within(.decision, minutes: 30),
            within(.handling, minutes: 1_440), within(.handling, minutes: 2_880),
        ]
        + Speed.allCases.flatMap {
            [percentile($0, 50), percentile($0, 90), meanTime($0), meanPause($0)]
        }
}

extension Speed {
    fileprivate var names: (chinese: String, english: String) {
        switch self {
        case .acceptance: ("受理", "acceptance")
        case .decision: ("审核", "decision")
        case .handling: ("办结", "closing")
        }
    }
}
