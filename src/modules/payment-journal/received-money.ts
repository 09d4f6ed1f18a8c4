import { z } from "zod"
import { exact, readRow, time } from "../../shared/database"

/** Money that a gateway proved to have received for one of our orders. Several rows can make up one order. */
const receivedMoneyRow = z
  .object({
    id: z.string(),
    provider_id: z.string(),
    /** The gateway's own number of this payment, unique for the provider. */
    gateway_id: z.string(),
    order_reference: z.string(),
    raw_amount: exact,
    currency_code: z.string(),
    created_at: time,
  })
  .transform(({ raw_amount, ...row }) => ({
    ...row,
    /** Major units. */
    amount: raw_amount,
  }))

export type ReceivedMoney = z.infer<typeof receivedMoneyRow>

export function toReceivedMoney(row: unknown): ReceivedMoney {
  return readRow("received_money", receivedMoneyRow, row)
}

export type NewReceivedMoney = Omit<ReceivedMoney, "id" | "created_at">
