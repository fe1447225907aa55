import Workflow

extension Problem {
    /// What tourists meet besides the refusals of a case's procedure.
    init(_ error: TouristError) {
        switch error {
        case .notSettled:
            self.init(
                409, "not_settled", Phrase("还不能评价", "It cannot be rated yet"),
                Phrase("办理完毕后再评价。", "Rate it once it is settled."))
        case .ratedBefore:
            self.init(
                409, "rated_before", Phrase("已经评价过", "You have rated it already"),
                Phrase(
                    "每个案件只评一次，您的评价见案件页。",
                    "A case is rated once; your rating stands on its page."))
        case .askedTooOften(let seconds): self = .tooMany(retryAfter: seconds)
        case .codeWrong:
            self.init(
                401, "one_time_code_wrong",
                Phrase("验证码不对或已过期", "The one-time code is wrong or has lapsed"),
                Phrase(
                    "请核对，或重新获取：验证码\(LostCodeTerms.valid_minutes)分钟内有效，最多试\(LostCodeTerms.tries)次。",
                    "Check it, or ask for a new one: a code is valid for"
                        + " \(LostCodeTerms.valid_minutes) minutes and may be tried"
                        + " \(LostCodeTerms.tries) times."))
        }
    }
}
