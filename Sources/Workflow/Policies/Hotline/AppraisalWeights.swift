package import Casework

extension Edition {
    /// 每周评价与每月回访在季度考核中的权重: how much a week's evaluations count against the call-backs.
    ///
    /// An edition that has agents evaluated (`evaluationEach`) says so itself: no weight is assumed. Without
    /// evaluations the call-backs are all there is.
    ///
    /// - Throws: `missingKey` and `wrongValue`, naming `parameters.weightEvaluation`; loading an edition
    ///   asks first.
    package func appraisalWeights() throws(PolicyError) -> Appraisal.Weights {
        let (file, key) = ("\(id)/jurisdiction.yaml", "parameters.weightEvaluation")
        guard has("weightEvaluation") || !has("evaluationEach") else {
            throw .missingKey(file: file, key: key)
        }
        let evaluation = try integerIfNamed("weightEvaluation") ?? 0
        guard
            let weights = Appraisal.Weights(
                evaluation: evaluation, satisfaction: 100 - evaluation)
        else {
            throw .wrongValue(
                file: file, key: key, mend: "write a whole number of 0 to 100")
        }
        return weights
    }
}
