import type { MedusaContainer } from "@medusajs/framework/types"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import { refundRefusals, whyNoRefund } from "../../providers/base/refund-exception"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { isHeldMoney, whatToDoAbout } from "./announce-exception"
import { attachableAmount, attachRefusals } from "./attachable-amount"

/** Why an entry can't be refunded or attached, known before anything is sent. */
export const choiceRefusals = [
  /** It is no money: a booking that Medusa lacks, or an order that was left. */
  "no_money",
  /** Its provider is not in the shop's config any more. */
  "provider_gone",
  /** It is a refund of Medusa's own payment, and is repeated there. */
  "refund_payment",
  ...new Set([...refundRefusals, ...attachRefusals]),
] as const

export type ChoiceRefusal = {
  code: (typeof choiceRefusals)[number]
  /** The same for people, with what they can do instead. */
  message: string
}

/** A way to settle an entry: with how much, exact and in major units, or why not. */
export type Choice = { amount: string; refusal: null } | { amount: null; refusal: ChoiceRefusal }

export type ExceptionChoices = { refund: Choice; attach: Choice }

/** What can be done about an entry of the list right now, beside closing it, as far as is known without asking. */
export async function choicesFor(
  container: MedusaContainer,
  found: PaymentException
): Promise<ExceptionChoices> {
  if (!isHeldMoney(found)) {
    const neither = refused("no_money", whatToDoAbout(found))
    return { refund: neither, attach: neither }
  }
  const context = gatewayContextOf(container, found.provider_id)?.context
  const order = await journalOf(container).findOrder(found.reference)
  if (!context || !order) {
    const neither = refused("provider_gone", providerIsGone(found))
    return { refund: neither, attach: neither }
  }
  const attachable = await attachableAmount(context, order, found)
  const whyNot = whyNoRefund(context, order, found)
  const isOfPayment = found.kind === "refund_failed" && found.payment_id !== null
  return {
    refund: isOfPayment
      ? refused("refund_payment", whatToDoAbout(found))
      : whyNot
        ? { amount: null, refusal: whyNot }
        : { amount: found.amount, refusal: null },
    attach:
      "refusal" in attachable
        ? { amount: null, refusal: attachable.refusal }
        : { amount: attachable.amount, refusal: null },
  }
}

export function providerIsGone({ provider_id, reference }: PaymentException): string {
  return (
    `The provider ${provider_id} is not in the shop's config any more: settle ${reference} in ` +
    `the gateway's dashboard and close it with a note`
  )
}

function refused(code: ChoiceRefusal["code"], message: string): Choice {
  return { amount: null, refusal: { code, message } }
}
