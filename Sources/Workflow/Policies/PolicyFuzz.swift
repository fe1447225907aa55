package import Fuzzing

/// The readers of what lies in a jurisdiction's folder, for whoever puts them to the test.
package enum PolicyFuzz {
    package static let subjects = [yaml]

    private static let edition = """
        # 小额快赔
        edition:
          from: 2024-02-05
          extends: 2023-04-27
          zh: 增加小额快赔
          en: Quick pay added

        parameters:
          quickPayLimit: {value: "1000.00", unit: CNY, status: K, source: 一处弱来源}
        """

    private static let yaml = FuzzSubject(
        "yaml",
        texts: [
            edition, "edition: &a {from: 2024-02-05, zh: *a}\n",
            "a: [1, 2, {b: ~}]\n---\nb: |\n  x\n",
            "? complex\n: value\n<<: {a: 1}\n!!binary c: aGk=\n",
        ],
        tokens: [
            ":", "- ", "{", "}", "[", "]", "&a ", "*a", "!!int ", "|\n", ">-\n", "---\n", "...\n",
            "\t",
            "<<: ", "? ", "#", "0x7fffffffffffffff", ".nan", "2024-02-30", "{{{{{{{{", "- - - - - ",
        ]
    ) { bytes in
        guard let text = String(validating: bytes, as: UTF8.self) else { return .refused }
        do throws(PolicyError) {
            _ = try EditionFile(text, file: "fuzz.yaml")
            return .accepted
        } catch {
            return .refused
        }
    }
}
