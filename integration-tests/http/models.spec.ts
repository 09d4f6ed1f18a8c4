import { describeMoneyModel } from "./models/money-model"
import { describePayoutModel } from "./models/payout-model"

// One seed of each, and few steps; `npm run test:deep` goes on for longer.
describeMoneyModel(20)
describePayoutModel(25)
