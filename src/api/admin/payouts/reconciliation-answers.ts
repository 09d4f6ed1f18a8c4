import { z } from "@medusajs/framework/zod"
import { differenceCodes } from "../../../modules/payout/domain/reconciliation"
import { fieldsOf, time } from "../read-rows"
import { exactAmount } from "./answers"

/** What the route of reconciliations answers; see answers.ts. */

const Outcome = z.object({
  day: z.string(),
  since: time.describe("Of what was sent from then on."),
  until: time.describe("And before."),
  asked: z.int(),
  agreed: z.int(),
  settled: z.int().describe("Had no end in the shop, and have one since."),
  open: z.int().describe("Have no end yet, and are looked at again on the next day."),
  unanswered: z.int().describe("Could not be asked about, and are on the next day."),
  different: z.int(),
  differences: z
    .array(
      z.object({
        transfer_id: z.string(),
        reference: z.string(),
        provider_id: z.string(),
        amount: exactAmount,
        currency_code: z.string(),
        code: z.enum(differenceCodes),
        what: z.string(),
      })
    )
    .describe("The first 500."),
})

export const PayoutReconciliation = z.object({
  id: z.string(),
  day: z.string().describe("In the shop's time zone."),
  started_at: time,
  ended_at: time.nullable().describe("Null while it is under way."),
  outcome: Outcome.nullable(),
})

const fields = fieldsOf(PayoutReconciliation)

export const listReconciliationsConfig = {
  defaults: fields,
  allowed: fields,
  defaultLimit: 20,
  isList: true,
}
