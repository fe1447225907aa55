import Foundation

extension NativeFunctions {
    /// What the compatibility kit calls of Java, written anew. Nothing else of Java is here.
    public static let compatibilityKit = NativeFunctions([
        NativeFunction("java.lang.Math", "cos(double)") { arguments in
            arguments[0].double.map(cos).flatMap(number)
        },
        NativeFunction("java.lang.Math", "max(double,double)", larger),
        NativeFunction("java.lang.Math", "max(float,float)", larger),
        NativeFunction("java.lang.Math", "max(int,int)", larger),
        NativeFunction("java.lang.Math", "max(long,long)", larger),
        NativeFunction("java.lang.Short", "valueOf(short)") { $0[0] },
        NativeFunction("java.lang.Byte", "valueOf(byte)") { $0[0] },
        NativeFunction("java.lang.String", "valueOf(char)") { $0[0] },
        NativeFunction("java.lang.Integer", "valueOf(java.lang.String)") { arguments in
            arguments[0].string.flatMap { Int32($0) }.map { .number(Int($0)) }
        },
        NativeFunction("java.lang.Float", "valueOf(java.lang.String)", read),
        NativeFunction("java.lang.Double", "valueOf(java.lang.String)", read),
        NativeFunction("java.lang.String", "format(java.lang.String,[Ljava.lang.Object;)", format),
    ])

    private static func number(_ double: Double) -> Value? {
        double.isFinite ? Decimal128("\(double)").map(Value.number) : nil
    }

    @Sendable private static func larger(_ arguments: [Value]) -> Value? {
        guard let a = arguments[0].number, let b = arguments[1].number else { return nil }
        return .number(max(a, b))
    }

    @Sendable private static func read(_ arguments: [Value]) -> Value? {
        arguments[0].string.flatMap(Double.init).flatMap(number)
    }

    /// `%s`, `%d` and `%%`, in order; another conversion, or one without an argument, throws.
    @Sendable private static func format(_ arguments: [Value]) -> Value? {
        guard let pattern = arguments[0].string, let items = arguments[1].list else { return nil }
        var rest = items[...]
        var text = String.UnicodeScalarView()
        var isConversion = false
        for scalar in pattern.unicodeScalars {
            guard isConversion else {
                isConversion = scalar == "%"
                if !isConversion { text.append(scalar) }
                continue
            }
            isConversion = false
            switch scalar {
            case "%": text.append("%")
            case "s", "d":
                guard let item = rest.popFirst(), scalar == "s" || item.number != nil else {
                    return nil
                }
                text.append(contentsOf: (item.string ?? item.description).unicodeScalars)
            default: return nil
            }
        }
        return isConversion ? nil : .string(String(text))
    }
}

extension Value {
    /// The number as the nearest binary one.
    fileprivate var double: Double? { number.flatMap { Double($0.description) } }
}
