import Casework

/// What callers say, put together from parts, so that few say the same.
enum CallTexts {
    /// Matters that several bureaus may have to handle.
    static let jointSubjects: Set<String> = ["catering", "entertainment", "traffic", "fire-safety"]

    static func place(_ draws: inout Draws) -> String {
        "\(draws.pick(streets))\(draws.int(1...380))号"
    }

    static func text(_ kind: String, _ subject: String?, _ draws: inout Draws) -> String {
        let (street, number) = (draws.pick(streets), draws.int(1...380))
        let (estate, building) = (draws.pick(estates), draws.int(1...60))
        let what = subject.flatMap { subjects[$0] } ?? kinds[kind] ?? "反映有关事项"
        return "（模拟）\(street)\(number)号\(estate)\(building)幢，\(what)\(draws.pick(details))"
            + "，\(draws.pick(openings))\(draws.int(1...28))日\(draws.pick(times))"
            + "\(draws.pick(wishes[kind] ?? ["请予处理"]))"
    }

    private static let streets = [
        "人民路", "解放路", "建设街", "文化路", "新华街", "和平路", "胜利街", "滨海路", "东风路", "青年路", "学府街",
        "环城西路", "港湾大道", "上山路", "福兴街", "檀枫路", "桔园路", "江南大道", "石板坡", "凤凰山路", "南浦街",
        "北岛路", "海安街", "竹林巷", "柳泉路", "金沙滩路", "古寨街", "长虹路", "蓬莱街", "昌国路",
    ]
    private static let estates = [
        "阳光花园", "翠竹苑", "金桂小区", "银杏里", "望海新村", "桃源居", "紫薇庭", "河畔人家", "松鹤园", "梅林公寓",
        "兰亭社区", "荷塘月色", "枫叶广场", "丁香苑", "石榴园", "杏花村", "茉莉新城", "百合家园",
    ]
    private static let details = [
        "已经三天", "影响老人休息", "多户居民都有反映", "昨晚又发生一次", "从上个月开始", "之前没有人来看过", "电话里说不清楚",
        "希望有人上门", "附近学校也受影响", "一直没有答复", "不知道归谁管", "担心孩子安全", "楼下商户也在问", "下雨时更严重",
    ]
    private static let openings = ["来电人说", "据称", "本人表示", "家属称", "邻居介绍", "店主说"]
    private static let times = ["上午", "中午", "下午", "傍晚", "夜里", "清晨"]
    private static let subjects: [String: String] = [
        "power": "停电", "water": "自来水压力低", "heating": "暖气不热", "gas": "燃气表不走",
        "telecom": "宽带断网", "transport": "公交车不到站", "municipal": "路面井盖松动",
        "housing": "房屋漏水维修资金", "property": "物业不清理楼道", "forestry": "行道树倒伏",
        "medical": "医院挂号排队", "insurance": "保险理赔进度", "price": "停车收费标准不明",
        "police": "红绿灯故障", "commerce": "商店拒绝退货", "tax": "发票代开手续",
        "city-management": "占道经营和野广告", "environment": "工地夜间噪声", "health": "诊所卫生条件差",
        "quality": "电梯年检过期", "food-drug": "餐馆食材不新鲜", "tourism": "旅行社改变行程",
        "social-security": "社保缴费记录不全", "household": "开门换锁和管道疏通",
        "market": "小店无照经营", "catering": "居民楼下餐馆油烟", "entertainment": "歌厅噪声和安全隐患",
        "traffic": "路口乱停车堵塞", "fire-safety": "垃圾中转站堆放危险物", "other": "询问有关事项",
    ]
    private static let kinds: [String: String] = [
        "business": "家中老人去世需要办理接运", "enquiry": "想了解安葬政策和收费", "complaint": "服务单位收费不透明",
        "suggestion": "建议增加生态安葬宣传", "other": "拨错号码或咨询其他事项", "sos": "老人突发心脏病",
    ]
    private static let wishes: [String: [String]] = [
        "enquiry": ["想问怎么办理", "请告知需要什么材料", "咨询办理时间"],
        "complaint": ["要求查处", "要求答复", "希望尽快整改"],
        "repair": ["请派人抢修", "急需修复"],
        "suggestion": ["建议改进", "希望研究"],
    ]
}
