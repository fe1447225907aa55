/// What is wrong in how a model is put together, though it can be compiled.
extension Compiler {
    /// An input, decision, business knowledge model or service.
    mutating func check(_ element: XMLElement, _ unit: Int) {
        let variable = element.child("variable")?.attributes["name"]
        if let variable, let name = element.attributes["name"], variable != name {
            report(.nameDiffers(variable, name), variable, element, nil)
        }
        checkRequirements(element, unit)
        switch element.name {
        case "decision": checkLogic(element, element)
        case "businessKnowledgeModel":
            if let logic = element.child("encapsulatedLogic") {
                checkLogic(logic, element)
            } else {
                report(.missingPart(element.name, "encapsulatedLogic"), "", element, nil)
            }
        case "decisionService":
            if element.child("outputDecision") == nil {
                report(.noOutputDecision, "", element, nil)
            }
            for kind in ["inputData", "inputDecision", "outputDecision"] {
                for reference in element.children(kind) { checkTarget(reference, kind, unit) }
            }
        default: break
        }
    }

    private mutating func checkLogic(_ parent: XMLElement, _ element: XMLElement) {
        guard !parent.children.contains(where: { Self.logicNames.contains($0.name) }) else {
            return
        }
        let stranger = parent.children.first { !Self.plainChildren.contains($0.name) }
        report(.noLogic(stranger?.name), "", stranger ?? element, nil)
    }

    /// Children of decisions and of their logic that are no logic.
    private static let plainChildren: Set<String> = [
        "description", "extensionElements", "extensionAttribute", "question", "allowedAnswers",
        "variable", "informationRequirement", "knowledgeRequirement", "authorityRequirement",
        "supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner",
        "usingProcess", "usingTask", "formalParameter",
    ]

    private mutating func checkRequirements(_ element: XMLElement, _ unit: Int) {
        let kinds = ["informationRequirement", "knowledgeRequirement"]
        for requirement in element.children where kinds.contains(requirement.name) {
            let references = requirement.children.filter { $0.name.hasPrefix("required") }
            if references.isEmpty {
                report(.emptyRequirement(requirement.name), "", requirement, nil)
            }
            for reference in references { checkTarget(reference, reference.name, unit) }
        }
    }

    private mutating func checkTarget(_ reference: XMLElement, _ kind: String, _ unit: Int) {
        guard let href = reference.attributes["href"], !href.isEmpty else {
            return report(.missingHref(reference.name), "", reference, nil)
        }
        // What does not exist is an error of its own.
        guard let target = try? resolve(href, from: reference, in: unit),
            let entry = elements.first(where: { $0.requirement == target })
        else { return }
        let fits =
            switch (kind, target) {
            case ("requiredInput", .input), ("inputData", .input): true
            case ("requiredDecision", .decision), ("inputDecision", .decision): true
            case ("outputDecision", .decision), ("requiredKnowledge", .invocable): true
            default: false
            }
        if !fits {
            report(.wrongTarget(reference.name, href, entry.element.name), "", reference, nil)
        }
    }

    /// What stands once for the whole file. Imported files were checked when they were read.
    mutating func checkUnit(_ unit: Int) {
        guard unit == 0 else { return }
        file = units[unit].file
        let root = units[unit].root
        owner = root.attributes["name"] ?? root.name
        column = nil
        checkLanguage(root, deep: false)
        let models = [
            "inputData", "decision", "businessKnowledgeModel", "decisionService", "itemDefinition",
        ]
        let tops = root.children.filter { models.contains($0.name) }
        checkDuplicates(tops)
        for element in root.children {
            owner = element.attributes["name"] ?? element.name
            if element.name == "import" { checkImport(element) }
            if element.name == "itemDefinition" { checkType(element, root) }
            if models.contains(element.name) { checkLanguage(element, deep: true) }
        }
    }

    private mutating func checkDuplicates(_ elements: [XMLElement]) {
        var names: [String: Int] = [:]
        var ids: [String: Int] = [:]
        for element in elements {
            owner = element.attributes["name"] ?? element.name
            // Types have names of their own kind.
            let key = (element.name == "itemDefinition" ? "type " : "") + owner
            if let line = names[key] {
                report(.duplicateName(owner, line: line), "", element, nil)
            }
            names[key] = element.line
            guard let id = element.attributes["id"] else { continue }
            if let line = ids[id] { report(.duplicateID(id, line: line), "", element, nil) }
            ids[id] = element.line
        }
    }

    private mutating func checkImport(_ element: XMLElement) {
        let type = element.attributes["importType"] ?? ""
        if !type.contains("DMN") { report(.unusedImport(type), "", element, nil) }
    }

    private mutating func checkType(_ element: XMLElement, _ root: XMLElement) {
        let name = element.attributes["name"] ?? ""
        let parts = ["typeRef", "itemComponent", "functionItem"]
        if !element.children.contains(where: { parts.contains($0.name) }) {
            return report(.emptyType(name), "", element, nil)
        }
        let definitions = root.children("itemDefinition")
        var seen = [name]
        var next = element.text(of: "typeRef")
        while let reference = next, element.child("itemComponent") == nil {
            if reference == name { return report(.typeCircle(name), reference, element, nil) }
            if seen.contains(reference) { return }
            seen.append(reference)
            let definition = definitions.first { $0.attributes["name"] == reference }
            next = definition?.child("itemComponent") == nil ? definition?.text(of: "typeRef") : nil
        }
    }

    private mutating func checkLanguage(_ element: XMLElement, deep: Bool) {
        if let language = element.attributes["expressionLanguage"],
            !language.uppercased().contains("FEEL")
        {
            report(.onlyFEEL(language), element.text(of: "text") ?? "", element, nil)
        }
        guard deep else { return }
        for child in element.children { checkLanguage(child, deep: true) }
    }
}
