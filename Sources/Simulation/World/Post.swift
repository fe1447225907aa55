import Casework
import Ledger
import Store
import Workflow

/// Messages on their way to tourists and merchants.
extension Simulation {
    /// More than waits at once in a short run.
    private static let postLimit = 200

    /// Where the merchants that can be reached are written to.
    func enterContacts(of firms: ClosedRange<Int>) async throws {
        guard manner.hasPost, let office = anyOffice else { return }
        for number in firms where number % 2 == 0 {
            let address = "firm\(number)@example.test"
            auditor.post.mayReach(Firms.id(number).text, at: address)
            try await office.work { [staff] work in
                try work.setContact(
                    MessageContact(way: .mail, address: Personal(address)), of: Firms.id(number),
                    by: staff.administrator)
            }
        }
    }

    /// A tourist says where to write to from now on.
    func enterContact(of id: ID<Case>) async throws {
        guard manner.hasPost, !isInterjecting, chance.happens(300) else { return }
        let isMail = chance.happens(700)
        let number = digits(chance.int(0...999), 8)
        let address = isMail ? "t\(number)@example.test" : "137\(number)"
        // Nobody knows whether it was written where the answer was lost.
        auditor.post.mayReach(id.text, at: address)
        _ = try await attempt("contact of \(id)", on: anyServer()) {
            try $0.setContact(
                MessageContact(way: isMail ? .mail : .sms, address: Personal(address)), of: id)
        }
    }

    func enterNextPost() {
        guard manner.hasPost else { return }
        // Nobody's server ran for a day, now and then.
        let pause = chance.happens(30) ? 1_000...2_000 : 1...180
        agenda.enter(.post, at: time.now.advanced(byMs: chance.minutes_ms(pause)))
    }

    /// A server hands over what is due, one after the other, so that the order follows from the seed.
    func bringPost(on server: Int) async throws {
        guard manner.hasPost else { return }
        let post = post
        _ = try await attempt("the post", on: server) { office in
            let sender = MessageSender([.sms: post, .mail: post], office: office, batch: 1)
            for _ in 0..<Self.postLimit {
                let before = post.journal.count
                _ = try await sender.runOnce()
                if post.journal.count == before { return }
            }
        }
        report.messages = auditor.post.settledCount
    }

    /// Everything that can still arrive does; then nothing may be missing.
    func bringAllPost() async throws {
        guard manner.hasPost else { return }
        post.behave()
        for _ in 0..<3 {
            // Longer than the longest pause after a failure.
            time.set(time.now.advanced(byMinutes: 20))
            try await step { try await self.bringPost(on: self.anyServer()) }
        }
        action = "the last post"
        wrong += auditor.post.unsent(at: time.now)
        report.messages = auditor.post.settledCount
        guard wrong.isEmpty else { throw finding(wrong) }
    }
}
