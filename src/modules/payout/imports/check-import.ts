import { add, decimal } from "../../../gateways/shared/money"
import type { PayoutContext } from "../payout-context"
import type { ImportCheck, ImportLine, ImportSum } from "../payout-import"
import type { Actor } from "../payouts"
import type { TransferToInsert } from "../store/transfers"
import { judgeLines } from "./judge-lines"

/** Each line as it would be judged now, and what the good ones add up to; see `PayoutModuleService.checkImport`. */
export async function checkImport(
  context: PayoutContext,
  lines: readonly ImportLine[],
  actor: Actor
): Promise<ImportCheck> {
  const { database, now } = context
  const subject = { importId: null, digest: "", createdBy: actor.id, now: now() }
  const { problems, transfers } = await judgeLines(context, database, lines, subject, "none")
  return { problems, sums: sumsOf(transfers) }
}

function sumsOf(transfers: readonly TransferToInsert[]): ImportSum[] {
  const sums = new Map<string, ImportSum>()
  for (const { provider_id, currency_code, amount } of transfers) {
    const key = `${provider_id} ${currency_code}`
    const sum = sums.get(key) ?? { provider_id, currency_code, count: 0, amount: "0" }
    sums.set(key, {
      ...sum,
      count: sum.count + 1,
      amount: add(decimal(sum.amount), decimal(amount)),
    })
  }
  return [...sums.values()]
}
