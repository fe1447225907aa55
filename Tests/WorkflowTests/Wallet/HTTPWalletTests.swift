import Courier
import FoundationEssentials
import Ledger
import Testing

@testable import WalletSimulator
@testable import Workflow

@Suite struct HTTPWalletTests {
    @Test func `the wallet's answers reach the caller as what they mean`() async throws {
        try await withFolder { folder in
            try await withSimulator(settings(WalletBehaviour(seed: 1), folder)) { url in
                let wallet = HTTPWallet(url, courier: courier())
                #expect(await wallet.query("n1") == .notFound)
                #expect(await wallet.order(transfer("n1", 300)).refusal == .notEnough)
                for _ in 1...2 {
                    let balance = try await wallet.topUp(Money(fen: 500), reference: "t1")
                    #expect(balance == Money(fen: 500))
                }
                #expect(await wallet.order(transfer("n1", 300)) == .state(.accepted))
                #expect(await wallet.order(transfer("n1", 301)).refusal == .numberTaken)
                #expect(await wallet.order(transfer("n2", 201)).refusal == .notEnough)
                #expect(await wallet.order(transfer("n-2", 1)).refusal == .invalidRequest)
                #expect(await wallet.order(transfer("n2", 200_000)).refusal == .nameRequired)
                #expect(await wallet.query("n2") == .notFound)
                let known = await wallet.query("n1")
                #expect(known.isState)
                await #expect(throws: HTTPWallet.Failure.self) {
                    _ = try await wallet.bill(of: Zone.china.day(at: Moment(ms: .max)))
                }
            }
        }
    }

    @Test func `time that flies settles a transfer and makes its bill`() async throws {
        try await withFolder { folder in
            // A day passes in 86 ms.
            let settings = settings(WalletBehaviour(seed: 1), folder, timeScale: 1_000_000)
            try await withSimulator(settings) { url in
                let wallet = HTTPWallet(url, courier: courier())
                _ = try await wallet.topUp(Money(fen: 500), reference: "t1")
                let end = await payByTheRules(transfer("n1", 300, remark: "一"), through: wallet)
                guard case .success(let at) = end else {
                    Issue.record("ended as \(end as Any)")
                    return
                }
                var bill: String?
                for _ in 1...10_000 where bill == nil {
                    bill = try? await wallet.bill(of: Zone.china.day(at: at))
                }
                #expect(bill?.contains("`支出,`3.00,`2.00,`system,`一,`n1\r\n") == true)
            }
        }
    }

    @Test func `what is not of the protocol is a doubt`() async throws {
        try await withFolder { folder in
            var settings = settings(WalletBehaviour(seed: 1), folder)
            settings.behaviour.erred = 1_000
            try await withSimulator(settings) { url in
                let wallet = HTTPWallet(url, courier: courier())
                #expect(await wallet.order(transfer("n1", 300)).refusal == .notEnough)
                _ = try await wallet.topUp(Money(fen: 500), reference: "t1")
                #expect(await wallet.order(transfer("n1", 300)) == .unknown(.status(500)))
                #expect(await wallet.query("n1") == .unknown(.status(500)))
                // A gateway's own 404 says nothing about a transfer.
                let elsewhere = HTTPWallet(url + "/elsewhere", courier: courier())
                #expect(await elsewhere.query("n1") == .unknown(.status(404)))
                #expect(await elsewhere.order(transfer("n1", 300)) == .unknown(.status(404)))
                let health = HTTPWallet(url + "/healthz?", courier: courier())
                #expect(await health.query("n1") == .unknown(.unreadable(status: 200)))
            }
        }
    }

    @Test func `a wallet that is not there leaves the order unsent and in doubt`() async throws {
        let url = try await withFolder { folder in
            try await withSimulator(settings(WalletBehaviour(seed: 1), folder)) { $0 }
        }
        let wallet = HTTPWallet(url, courier: courier())
        #expect(await wallet.order(transfer("n1", 300)) == .unknown(.notSent(.refused)))
        #expect(await wallet.query("n1") == .unknown(.notSent(.refused)))
    }

    @Test func `each mischief leaves its own doubt and its own effect`() async throws {
        let effects: [(WritableKeyPath<WalletBehaviour, Int>, WalletDoubt, Bool)] = [
            (\.lost, .mayHaveArrived(.connectionLost), false),
            (\.dropped, .mayHaveArrived(.connectionLost), true),
            (\.erred, .status(500), true), (\.slow, .mayHaveArrived(.timeout), true),
        ]
        for (rate, doubt, isMade) in effects {
            try await withFolder { folder in
                var settings = settings(WalletBehaviour(seed: 1), folder)
                settings.behaviour[keyPath: rate] = 1_000
                try await withSimulator(settings) { url in
                    let wallet = HTTPWallet(url, courier: courier(whole_ms: 300))
                    _ = try await wallet.topUp(Money(fen: 500), reference: "t1")
                    #expect(await wallet.order(transfer("n1", 300)) == .unknown(doubt))
                }
                let journal = try Journal(path: settings.journal)
                let book = try restored(journal.lines, settings.behaviour).0
                #expect(book?.available == Money(fen: isMade ? 200 : 500), "\(doubt)")
            }
        }
    }

    @Test func `calls above the rate are put off, not refused`() async throws {
        try await withFolder { folder in
            var settings = settings(WalletBehaviour(seed: 1), folder)
            settings.rateLimit = 1
            try await withSimulator(settings) { url in
                let wallet = HTTPWallet(url, courier: courier())
                var replies: Set<Reply> = []
                for _ in 0..<50 { replies.insert(await wallet.query("n1")) }
                #expect(replies == [.notFound, .unknown(.status(429))])
            }
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", #"{"out_bill_no":"n1"}"#,
        order(amount: "1.5"), order(amount: "-1"), order(amount: "1e30"), order(amount: "\"1\""),
        order(scene: "1000"), order(perception: "红包"),
        String(repeating: "[", count: 10_000),
    ])
    func `a body that is not an order is refused and makes nothing`(body: String) async throws {
        try await withFolder { folder in
            try await withSimulator(settings(WalletBehaviour(seed: 1), folder)) { url in
                let response = try await courier().send(
                    Request(.post, url + "/v1/transfers", body: Array(body.utf8)))
                #expect(response.status == 400)
                #expect(
                    String(decoding: response.body, as: UTF8.self).contains("INVALID_REQUEST"))
                #expect(await HTTPWallet(url, courier: courier()).query("n1") == .notFound)
                let big = Request(
                    .post, url + "/v1/transfers", body: Array(repeating: 32, count: 20_000))
                #expect(try await courier().send(big).status == 413)
            }
        }
    }
}

private func order(
    amount: String = "1", scene: String = "1011", perception: String = "退款"
) -> String {
    #"{"out_bill_no":"n1","amount_fen":\#(amount),"payee":{"account":"a"},"#
        + #""scene":"\#(scene)","perception":"\#(perception)","reason":"r"}"#
}

extension Reply {
    fileprivate var isState: Bool {
        if case .state = self { true } else { false }
    }

    fileprivate var refusal: WalletRefusal.Code? {
        if case .refused(let refusal) = self { refusal.code } else { nil }
    }
}
