import { describeMoneyModel } from "./models/money-model"
import { describePayoutModel } from "./models/payout-model"

jest.setTimeout(300_000)

// One seed of each, and few steps; `npm run test:deep` goes on for longer.
describeMoneyModel(20)
describePayoutModel(25)
