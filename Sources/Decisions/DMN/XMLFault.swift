/// What libxml2 means by the number of its error, for somebody who edits XML once a year.
enum XMLFault {
    static func wording(_ code: Int) -> Wording {
        let (english, chinese) = known[code] ?? ("error \(code) of libxml2", "libxml2 错误 \(code)")
        return Wording(
            "this is not well-formed XML (\(english)); repair it there",
            "这里不是合格的 XML（\(chinese)）；请在此处修正")
    }

    private static let known: [Int: (String, String)] = [
        4: ("the file is empty", "文件是空的"),
        5: ("there is text outside the model, or the file ends too early", "模型之外还有内容，或文件提前结束"),
        9: ("a character is not allowed here", "这里有不允许的字符"),
        23: (
            "an & needs a name and a ; after it: write &amp; for the sign",
            "& 后面应有名称和 ;；要写 & 请用 &amp;"
        ),
        26: ("an entity is not known: write &amp; for the sign &", "实体未知；要写 & 请用 &amp;"),
        38: ("a < stands inside an attribute: write &lt;", "属性值里有 <；请写成 &lt;"),
        39: ("an attribute value needs quotation marks", "属性值要加引号"),
        40: ("an attribute value is never closed: add a quotation mark", "属性值没有结束；请补上引号"),
        41: ("an attribute is not followed by = and a value", "属性后面缺少 = 和值"),
        42: ("an attribute occurs twice: remove one", "属性写了两次；请删去一个"),
        46: ("an instruction <?…?> says nothing: remove it", "处理指令 <?…?> 没有内容；请删去"),
        65: ("a space is missing between attributes", "属性之间缺少空格"),
        68: (
            "a < is followed by no element name: write &lt; for the sign", "< 后面不是元素名；要写小于号请用 &lt;"
        ),
        73: ("a tag is not closed: add >", "标签没有结束；请补上 >"),
        76: ("a closing tag does not match the one that is open", "结束标签与开始标签不一致"),
        77: ("an element is never closed: add its closing tag", "元素没有结束；请补上结束标签"),
        201: ("a prefix is not declared: add xmlns:prefix=…", "命名空间前缀没有声明；请加上 xmlns:前缀=…"),
    ]
}
