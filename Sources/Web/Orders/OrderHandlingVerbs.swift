import Casework

extension OrderCommands {
    static let handling: [OrderVerb] = [
        verb(
            "contact", .recordContact, OrderNoteForm.self,
            Phrase("登记已联系来电人", "Record that the caller was spoken with")
        ) { .recordContact(note: $0.note) },
        verb(
            "response", .recordResponse, OrderNoteForm.self,
            Phrase("登记已到场或已响应", "Record that somebody is there")
        ) { .recordResponse(note: $0.note) },
        verb("report", .report, OrderTextForm.self, Phrase("反馈办理情况", "Report what was done")) {
            .report(text: $0.text)
        },
        verb(
            "question", .ask, QuestionForm.self,
            Phrase("向来电人提问，计时中止", "Ask the caller; the clocks stand still")
        ) { .ask(question: $0.question) },
        verb("pause", .pause, PauseForm.self, Phrase("中止计时", "Let the clocks stand still")) {
            .pause($0.reason, note: $0.note)
        },
        verb("resumption", .resume, OrderNoteForm.self, Phrase("恢复计时", "Let the clocks go on")) {
            .resume(note: $0.note)
        },
        verb(
            "extension-request", .askExtension, ExtensionRequestForm.self,
            Phrase("申请延期", "Ask for an extension")
        ) { .askExtension(by: $0.count, reason: $0.reason) },
        verb(
            "extension", .grantExtension, EmptyForm.self,
            Phrase("另一人同意延期", "Grant the extension, as another person")
        ) { _ in .grantExtension },
        verb(
            "extension-refusal", .refuseExtension, OrderReasonForm.self,
            Phrase("不同意延期", "Refuse the extension")
        ) { .refuseExtension(reason: $0.reason) },
        verb(
            "agreement", .recordAgreement, AgreementForm.self,
            Phrase("登记和解约定", "Record what was agreed")
        ) { .recordAgreement($0.agreement) },
        verb(
            "consent", .recordConsent, ConsentForm.self,
            Phrase("登记共同投诉成员同意", "Record that a member agrees")
        ) { .recordConsent(member: $0.member, reference: $0.reference) },
        verb("completion", .finish, CompletionForm.self, Phrase("办结反馈", "Finish it")) {
            .finish($0.outcome, reply: $0.reply)
        },
    ]

    static let watching: [OrderVerb] = [
        verb("reminder", .remind, OrderNoteForm.self, Phrase("催办", "Remind")) {
            .remind(note: $0.note)
        },
        verb("supervision", .supervise, OrderReasonForm.self, Phrase("督办", "Supervise it")) {
            .supervise(reason: $0.reason)
        },
        verb(
            "faults", .listFault, FaultForm.self,
            Phrase("列入问责清单", "Put a fault on the accountability list")
        ) { .listFault($0.fault, bureau: $0.bureau, reason: $0.reason) },
        verb(
            "field-check", .recordFieldCheck, FieldCheckForm.self,
            Phrase("登记现场核查", "Record the look on the spot")
        ) { .recordFieldCheck($0.found) },
        verb(
            "follow-up", .followUp, OrderFollowUpForm.self,
            Phrase("登记回访", "Record the follow-up call")
        ) { .followUp($0.grade, cause: $0.cause, note: $0.note) },
        verb("closing", .close, EmptyForm.self, Phrase("结案归档", "Close it")) { _ in .close },
    ]
}
