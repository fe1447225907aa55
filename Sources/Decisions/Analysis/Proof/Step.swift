extension Walker {
    /// Something a run settled, kept so that a run which begins alike need not settle it again.
    final class Step {
        let branch: Int
        /// Of a test: whether it holds on the branch.
        let answer: Bool?
        /// What is known once the branch is taken; nil where nothing new is.
        let path: Path?

        init(branch: Int, answer: Bool?, path: Path? = nil) {
            (self.branch, self.answer, self.path) = (branch, answer, path)
        }
    }

    /// A branch left for later: the step to take after so many steps of this run.
    struct Pending {
        let steps: Int
        let last: Step
    }
}
