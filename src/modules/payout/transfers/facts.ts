import { decimal, tryDecimal } from "../../../gateways/shared/money"
import { printableText } from "../../../gateways/shared/text"
import type { PayoutFacts, PayoutWords } from "../payout-provider"
import type { TransferChange } from "../store/transfers"
import type { Transfer } from "../transfer"

/** What the gateway told of the transfer besides what became of it. */
export function learnt({ gatewayId, fee }: PayoutFacts): TransferChange {
  return {
    ...(gatewayId ? { gateway_id: gatewayId } : {}),
    ...(fee !== undefined && tryDecimal(fee) !== undefined ? { gateway_fee: fee } : {}),
  }
}

/** How what the gateway says it sent differs from what it was told to; undefined where it does not. */
export function difference(
  { amount, currency_code }: Pick<Transfer, "amount" | "currency_code">,
  facts: PayoutFacts
): string | undefined {
  const isOtherAmount = facts.amount !== undefined && tryDecimal(facts.amount) !== decimal(amount)
  const isOtherCurrency =
    facts.currencyCode !== undefined && facts.currencyCode.toLowerCase() !== currency_code
  if (!isOtherAmount && !isOtherCurrency) {
    return undefined
  }
  const said = printableText(`${facts.amount ?? amount} ${facts.currencyCode ?? currency_code}`, 60)
  return (
    `The gateway says that it sent ${said}, and it was told to send ${amount} ${currency_code}. ` +
    "Find out at the gateway what was sent"
  )
}

/** The gateway's own words, fit for a row. */
export function wordsOf({ code, message }: PayoutWords): { code?: string; message?: string } {
  return { code: printableText(code, 80), message: printableText(message, 400) }
}

/** A sentence of ours with the gateway's code and words behind it. */
export function withWords(sentence: string, words: PayoutWords): string {
  const { code, message } = wordsOf(words)
  const said = [code, message].filter((part) => part !== undefined).join(": ")
  return said === "" ? sentence : `${sentence} (${said})`
}
