import { answersRefusals } from "../../../../answers-refusals"
import { payoutsOf } from "../../../../../../workflows/payouts/payout-workflow"

export const GET = answersRefusals(async (req, res) => {
  const balances = await payoutsOf(req.scope).retrieveBalance(String(req.params.id))
  res.json({
    balances: balances.map(({ currencyCode, available }) => ({
      currency_code: currencyCode,
      available,
    })),
  })
})
