/// Invented names, so that nobody real appears in the demonstration.
enum Names {
    /// `林婉清`. Numbers of people are taken from ranges nobody is given.
    static func person(_ draws: inout Draws) -> String {
        draws.pick(surnames) + draws.pick(givenNames)
    }

    /// Of two invented words and the trade, such as `澜汐沐椰酒店`; unique by its number.
    static func merchant(_ number: Int, trade: String, _ draws: inout Draws) -> String {
        let first = words[number % words.count]
        let second = words[(number / words.count + 7) % words.count]
        return first + second + draws.pick(suffixes[trade] ?? ["商行"])
    }

    private static let surnames = [
        "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭",
        "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅",
    ]
    private static let givenNames = [
        "婉清", "子涵", "建国", "雨桐", "志远", "思琪", "浩然", "佳怡", "文博", "晓燕", "立新", "梦瑶", "俊杰", "春梅",
        "一诺", "海波", "静怡", "国强", "若溪", "鹏飞", "玉兰", "明轩", "秋月", "振华", "可欣", "宏伟", "丽娜", "天佑",
    ]
    private static let words = [
        "澜汐", "沐椰", "棠屿", "星沙", "逐浪", "云帆", "晴岸", "珊语", "青汀", "望洲", "拾贝", "暖沙", "听潮", "碧礁",
        "鹭湾", "南汐", "月汀", "椰岚", "朗屿", "浅洲", "珀岸", "鲸歌", "渔灯", "榕影", "白汐", "霞屿", "帆影", "潮生",
    ]
    private static let suffixes: [String: [String]] = [
        "lodging": ["酒店", "民宿", "度假公寓", "客栈"],
        "site": ["景区", "热带植物园", "海滨浴场"],
        "agency": ["旅行社", "国际旅行社"],
        "shop": ["特产店", "水果行", "珠宝店", "免税代购行", "户外用品店"],
        "restaurant": ["海鲜馆", "椰子鸡店", "大排档", "餐厅"],
        "transport": ["租车行", "旅游车队", "接送服务部"],
        "boat": ["游艇俱乐部", "潜水中心", "海上运动馆"],
        "other": ["旅拍工作室", "温泉会馆", "演艺剧场"],
    ]
}
