import {
  add,
  compare,
  decimal,
  exactAt,
  fitsDecimals,
  isPositive,
  subtract,
  decimalsFor,
  isWrittenTooExactly,
} from "../../../gateways/shared/money"
import type { Beneficiary } from "./beneficiary"
import type { DaySums } from "./day-totals"
import type { PayoutOptions } from "../options"
import type { PayoutCapabilities } from "../provider"
import { type EarlierPayment, heldBecause } from "./duplicates"
import type { LineFault } from "./import"
import type { CodedText } from "./reason"
import type { TransferRequest } from "./transfer"

/** What stands in the database when the request is validated; under locks, where it is then fulfilled. */
export type ValidationState = {
  beneficiary: Beneficiary | undefined
  /** Of the beneficiary's provider; undefined where the shop's config does not have it (any more). */
  capabilities: PayoutCapabilities | undefined
  /** The last one that looks the same, see duplicates.ts. */
  duplicate: Pick<EarlierPayment, "id" | "reference" | "beneficiary_id" | "line"> | undefined
  /** Whether it has to be seen that nothing was paid to the account before. */
  isFirstPayment: boolean
  /** What was approved today in the request's currency. */
  today: DaySums
}

export type ValidationDecision =
  /** `by`: what would have to change, the request itself or the state of things. */
  | { type: "refused"; by: "request" | "state"; code: LineFault; reason: string }
  | {
      type: "accepted"
      status: "awaiting_approval" | "approved"
      /** At the provider's decimals. */
      amount: string
      reason: CodedText | null
      same_as_id: string | null
      first_payment_to: string | null
    }

export function validateTransfer(
  request: TransferRequest,
  state: ValidationState,
  options: Pick<PayoutOptions, "approval" | "limits">
): ValidationDecision {
  const { beneficiary, capabilities } = state
  const refused = (code: LineFault, reason: string): ValidationDecision => ({
    type: "refused",
    by: "request",
    code,
    reason,
  })
  const refusedNow = (code: LineFault, reason: string): ValidationDecision => ({
    type: "refused",
    by: "state",
    code,
    reason,
  })
  if (!beneficiary) {
    return refused("no_beneficiary", `There is no payout beneficiary ${request.beneficiary_id}`)
  }
  if (beneficiary.status !== "active") {
    return refusedNow(
      "beneficiary_not_active",
      `The beneficiary ${beneficiary.id} is ${beneficiary.status}: only an active one can be paid`
    )
  }
  if (!capabilities) {
    return refused(
      "no_provider",
      `The provider ${beneficiary.provider_id} of beneficiary ${beneficiary.id} is not in the option ` +
        "payouts.providers of medusa-regional-payments"
    )
  }
  const decimals = decimalsFor(capabilities.currencies, request.currency_code)
  if (decimals === undefined) {
    const known = Object.keys(capabilities.currencies).join(", ")
    return refused(
      "currency_not_sent",
      `${beneficiary.provider_id} can't send ${request.currency_code}, only ${known}`
    )
  }
  if (!isPositive(request.amount)) {
    return refused("amount", "amount must be above zero")
  }
  if (isWrittenTooExactly(request.written_amount, request.currency_code, decimals)) {
    return refused("decimals", tooManyDecimals(request, decimals, beneficiary.provider_id))
  }
  const purposeProblem = capabilities.purposeProblem?.(request.purpose)
  if (purposeProblem !== undefined) {
    return refused("purpose", `purpose: ${purposeProblem}`)
  }
  const overLimit = overTransferLimit(request, options.limits)
  if (overLimit !== undefined) {
    return refused("limit", overLimit.text)
  }
  const amount = exactAt(request.amount, decimals)
  const { duplicate, isFirstPayment } = state
  const holds = {
    same_as_id: duplicate?.id ?? null,
    first_payment_to: isFirstPayment ? beneficiary.version_id : null,
  }
  const reason = heldBecause(request, duplicate, isFirstPayment)
  if (reason !== null || options.approval === "second_person") {
    return { type: "accepted", status: "awaiting_approval", amount, reason, ...holds }
  }
  const overDay = overDayLimit(request, state.today, options.limits)
  return overDay === undefined
    ? { type: "accepted", status: "approved", amount, reason: null, ...holds }
    : refusedNow("limit", overDay)
}

function tooManyDecimals(
  { amount, written_amount, currency_code }: TransferRequest,
  decimals: number,
  providerId: string
): string {
  const problem =
    `amount "${written_amount}" has too many decimal places: ${providerId} sends ${currency_code} with ` +
    `${decimals}, and they count as written`
  if (!fitsDecimals(amount, decimals)) {
    return problem
  }
  const thousands = /^[1-9]\d{0,2}\.\d{3}$/.test(written_amount)
  const meant = thousands ? `, or ${written_amount.replace(".", "")} if that is meant` : ""
  return `${problem}. Write ${exactAt(amount, decimals)}${meant}`
}

type Money = { amount: string; currency_code: string }

/** Why a transfer is too much; undefined where it is not. */
export function overTransferLimit(
  { amount, currency_code }: Money,
  limits: PayoutOptions["limits"]
): CodedText | undefined {
  const most = limitsOf(limits, currency_code).perTransfer
  if (most === undefined || compare(decimal(amount), decimal(most)) <= 0) {
    return undefined
  }
  return {
    text:
      `${amount} ${currency_code} is more than one transfer may be: the option ` +
      `payouts.limits.${currency_code}.perTransfer is ${most}`,
    code: "over_limit",
    details: { amount: `${amount} ${currency_code}`, most: `${most} ${currency_code}` },
  }
}

/** Why it is too much for today; undefined where it is not. */
export function overDayLimit(
  { amount, currency_code }: Money,
  { all, payee, maker }: DaySums,
  limits: PayoutOptions["limits"]
): string | undefined {
  const { perDay, perBeneficiaryPerDay, perMakerPerDay } = limitsOf(limits, currency_code)
  const rules = [
    { option: "perDay", most: perDay, sum: all, whose: "" },
    { option: "perBeneficiaryPerDay", most: perBeneficiaryPerDay, sum: payee, whose: " to them" },
    { option: "perMakerPerDay", most: perMakerPerDay, sum: maker, whose: " of whoever made it" },
  ]
  for (const { option, most, sum, whose } of rules) {
    if (most !== undefined && compare(add(sum, decimal(amount)), decimal(most)) > 0) {
      const left = subtract(decimal(most), sum)
      return (
        `${amount} ${currency_code} is more than is left for today: ${isPositive(left) ? left : "nothing"} of ` +
        `the option payouts.limits.${currency_code}.${option}, which is ${most}${whose && ` for all${whose}`}. ` +
        "Try again tomorrow"
      )
    }
  }
  return undefined
}

function limitsOf(limits: PayoutOptions["limits"], currencyCode: string) {
  return Object.hasOwn(limits, currencyCode) ? (limits[currencyCode] ?? {}) : {}
}
