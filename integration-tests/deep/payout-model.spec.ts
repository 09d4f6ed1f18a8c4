import { describePayoutModel } from "../http/models/payout-model"

jest.setTimeout(1_800_000)

// By the same seed: what a run's own steps make wrong is wrong again. PostgreSQL can still be at the last statement of a
// server that has died while the next run begins; that does not come twice.
jest.retryTimes(1, { logErrorsBeforeRetry: true })

describePayoutModel(60)
