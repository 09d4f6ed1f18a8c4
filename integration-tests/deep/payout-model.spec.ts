import { describePayoutModel } from "../http/models/payout-model"

jest.setTimeout(1_800_000)

describePayoutModel(500)
