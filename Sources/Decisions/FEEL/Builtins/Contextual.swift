extension Builtin {
    static let contextual: [Builtin] = [
        Builtin("get value", "m, key", "context, keys") { machine, arguments in
            guard case .context(let context) = arguments[0] else {
                return machine.refuse("get value", arguments)
            }
            if case .list(let keys) = arguments[1] {
                var value = Value.context(context)
                for key in keys {
                    guard let name = key.string, let next = value.context?[name] else {
                        return .null
                    }
                    value = next
                }
                return keys.isEmpty ? .null : value
            }
            guard let key = arguments[1].string else {
                return machine.refuse("get value", arguments)
            }
            return context[key] ?? .null
        },
        Builtin("get entries", "m") { machine, arguments in
            guard case .context(let context) = arguments[0].single else {
                return machine.refuse("get entries", arguments)
            }
            return .list(
                context.entries.map {
                    .context(Context([("key", .string($0.name)), ("value", $0.value)]))
                })
        },
        Builtin("context", "entries") { machine, arguments in
            var result = Context()
            guard arguments[0].asList.count <= Limits.contextEntries else {
                return machine.fail("a context has at most \(Limits.contextEntries) entries")
            }
            for entry in arguments[0].asList {
                guard machine.charge(result.count / 4) else { return .null }
                guard let context = entry.context, let key = context["key"]?.string,
                    let value = context["value"], result[key] == nil
                else { return machine.refuse("context", arguments) }
                result[key] = value
            }
            return .context(result)
        },
        Builtin("context put", "context, key, value", "context, keys, value") {
            machine, arguments in
            guard case .context(let context) = arguments[0] else {
                return machine.refuse("context put", arguments)
            }
            let keys = arguments[1].asList.map(\.string)
            guard let changed = put(context, keys[...], arguments[2]) else {
                return machine.refuse("context put", arguments)
            }
            return .context(changed)
        },
        Builtin("context merge", "contexts") { machine, arguments in
            var result = Context()
            for item in arguments[0].asList {
                guard case .context(let context) = item else {
                    return machine.refuse("context merge", arguments)
                }
                guard result.count + context.count <= Limits.contextEntries else {
                    return machine.fail("a context has at most \(Limits.contextEntries) entries")
                }
                guard machine.charge(context.count * (1 + result.count / 4)) else { return .null }
                for (name, value) in context.entries { result[name] = value }
            }
            return .context(result)
        },
    ]

    private static func put(
        _ context: Context, _ keys: ArraySlice<String?>, _ value: Value
    ) -> Context? {
        guard let first = keys.first, let key = first else { return nil }
        var result = context
        if keys.count == 1 {
            result[key] = value
            return result
        }
        guard case .context(let inner)? = context[key],
            let changed = put(inner, keys.dropFirst(), value)
        else { return nil }
        result[key] = .context(changed)
        return result
    }
}
