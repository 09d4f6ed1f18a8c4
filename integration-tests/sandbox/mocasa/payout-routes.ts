import { z } from "zod"
import type { Route } from "../shared/router"
import { amountText, apiRoute, text } from "./api-route"
import type { MocasaContext } from "./context"
import { finishTransfer } from "./payee"
import type { Transfer } from "./payouts"

const accountForm = z.strictObject({
  idType: text,
  idNo: text,
  beneficiaryName: text,
  /** Spelled so on the wire. */
  businessLisence: text,
  shopName: text,
  phone: z.string().optional(),
  email: z.string().optional(),
  businessScope: z.string().optional(),
  shopAddress: z.string().optional(),
})
const transferForm = z.strictObject({
  transferSerialNo: text,
  amount: amountText,
  payeeAccountNo: text,
  purpose: text,
})
const queryForm = z.strictObject({ transferSerialNo: text })

/** Mocasa, Create Beneficiary, Transfer and Get Transfer Status. */
export function payoutRoutes(context: MocasaContext): readonly Route[] {
  const { later, notifier, payouts, settings, tokens } = context
  return [
    apiRoute({
      path: "/payout/account/create",
      tokens,
      form: accountForm,
      answer: () => payouts.addBeneficiary(settings().beneficiaryStatus),
    }),
    apiRoute({
      path: "/payout/transfer/initiate",
      tokens,
      form: transferForm,
      answer: (fields) => {
        const { transferStatus, transferEndsAfterMs, duplicateTransfer } = settings()
        const transfer = payouts.initiate(fields, transferStatus, duplicateTransfer)
        notifier.transferChanged(transfer)
        later.after(transferEndsAfterMs, () => {
          if (payouts.isOpen(fields.transferSerialNo)) {
            finishTransfer(context, fields.transferSerialNo, "success")
          }
        })
        return transferData(transfer)
      },
    }),
    apiRoute({
      path: "/payout/transfer/query",
      tokens,
      form: queryForm,
      answer: ({ transferSerialNo }) => transferData(payouts.require(transferSerialNo)),
    }),
  ]
}

function transferData({ transferSerialNo, txStatus, txMessage, txTime }: Transfer): object {
  return { transferSerialNo, txStatus, txMessage, txTime }
}
