import { describeMoneyModel } from "../http/models/money-model"

/** DEEP_ACTIONS=500 is a longer run. */
const howManyActions = Number(process.env.DEEP_ACTIONS ?? 60)

jest.setTimeout(180_000 + howManyActions * 10_000)

describeMoneyModel(howManyActions)
