import Foundation
import Instrumentation
import Logging
import Synchronization
import Testing

@testable import Telemetry

@Suite struct LogTests {
    private func line(_ body: (Logger) -> Void) throws -> [String: Any] {
        let written = Mutex("")
        let logger = Logger(label: "test") { label in
            JSONLog(
                label: label, metadataProvider: requestMetadata, clock: { 1_722_477_600_007 },
                write: { text in written.withLock { $0 += text } })
        }
        body(logger)
        let text = written.withLock { $0 }
        #expect(text.hasSuffix("}\n") && text.filter { $0 == "\n" }.count == 1)
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any])
    }

    @Test func `a line is one object, whatever is written into it`() throws {
        let object = try line { logger in
            logger.info(
                "two\nlines \"quoted\" \\ \u{1} \u{2028}",
                metadata: [
                    "route": "/cases/{case}", "message": "taken", "hb.request.id": "7",
                    "list": ["a", "b"], "nested": ["k": "v"],
                ])
        }
        #expect(object["time"] as? String == "2024-08-01T02:00:00.007Z")
        #expect(object["level"] as? String == "info" && object["label"] as? String == "test")
        #expect(object["message"] as? String == "two\nlines \"quoted\" \\ \u{1} \u{2028}")
        #expect(object["x_message"] as? String == "taken")
        #expect(object["hb.request.id"] == nil)
        #expect(object["list"] as? [String] == ["a", "b"])
        #expect((object["nested"] as? [String: String]) == ["k": "v"])
    }

    @Test func `a line written for a request names it`() throws {
        let object = try line { logger in
            var context = InstrumentationContext.topLevel
            context.requestID = "r-1"
            InstrumentationContext.withValue(context) { logger.warning("deep inside") }
        }
        #expect(object["request_id"] as? String == "r-1")
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_772_294_399_999, "2026-02-28T15:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `times are read as UTC`(ms: Int64, text: String) { #expect(JSONLog.time(ms) == text) }
}
