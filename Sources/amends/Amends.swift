import ArgumentParser
import Workflow

/// The command line: parses, calls `Workflow`, prints. No logic that `Workflow` lacks.
@main
struct Amends: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amends",
        abstract: "先行赔付: a public fund pays the tourist first and recovers from the merchant.",
        discussion: """
            Exit codes: 0 done; 1 refused, or a check found something; 2 the database, a file or another \
            program failed; 64 the command line could not be read.
            """,
        version: Release.version,
        subcommands: [
            Serve.self, WalletSimulatorCommand.self, SMSSimulatorCommand.self,
            WeChatSimulatorCommand.self, Demo.self, CaseCommand.self,
            OrderCommandLine.self, ReportCommand.self, PublishCommand.self, FundCommand.self,
            ClocksCommand.self,
            LedgerCommand.self, BankCommand.self, PaymentsCommand.self, Reconcile.self,
            PolicyCommand.self, Tck.self, FuzzDecisions.self, FuzzCommand.self, TokenCommand.self,
            WebhookCommand.self,
            PersonCommand.self,
            PrivacyCommand.self, DoctorCommand.self, Backup.self, Restore.self, Migrate.self,
            SkipNumbersCommand.self,
            BenchCommand.self, SoakCommand.self, SimulateCommand.self,
        ])
}
