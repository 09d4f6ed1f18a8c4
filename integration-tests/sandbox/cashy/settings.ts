import type { PatchNumbering } from "./patch-numbers"
import type { Way } from "./words"

/** What a test can change while the sandbox runs. Where the vendor is silent, a setting gives each reading. */
export interface CashySettings {
  /** What orders from now on are answered with; the others are null. */
  readonly ways: readonly Way[]
  /** Of orders from now on. */
  readonly orderType: "API" | "DESK"
  /** What a payIn again, with the same fields, is answered with. Other fields are always refused. */
  readonly duplicateOrder: "refuse" | "same-order"
  /**
   * Cashy, payInQuery, shows `decimal(20,0)` and "20000" where the other pages have `decimal(20,2)`: amounts without
   * decimals. One with a fraction is refused then.
   */
  readonly wholeAmounts: boolean
  /** Of an order whose time has run out without a payment: the vendor names no word for it. */
  readonly expiredStatus: "FAIL" | "PAYING"
  /** What one order may be at least and at most; such a range stands in the vendor's example of an amount. */
  readonly minAmount: string | null
  readonly maxAmount: string | null
  /** Of each payment and payout, with up to four decimals. */
  readonly fee: string
  readonly patchNumbering: PatchNumbering

  /** A payOut again under one mchOrderNo: nothing promises that it is safe. */
  readonly duplicatePayout: "pay-again" | "refuse"
  /** Of the next payout. `SUCCESS` moves the money at once, `FAIL` and `CANCEL` never, others with `finishPayout`. */
  readonly payoutStatus: string
  /** After how many milliseconds a payout on its way succeeds by itself; `null` for never. */
  readonly payoutEndsAfterMs: number | null
  /** What there was before the first payment and payout; the ledger's moves change it. */
  readonly openingBalance: string

  /** Where webhooks go in place of the address in each order. */
  readonly notifyUrl: string | null
  readonly webhooksOn: boolean
  /** How often each webhook is sent. */
  readonly webhookCopies: number
  /** Takes the place of the true amount, under a signature that is right. */
  readonly webhookAmount: string | null
  /** Signs with a key that is not the merchant's. */
  readonly forgeWebhooks: boolean
  /** Leaves out orderType, patchOrderNo and patchMchOrderNo, as the vendor's first example does. */
  readonly bareWebhooks: boolean
}

export const defaultSettings: CashySettings = {
  ways: ["payDeskUrl", "payCode"],
  orderType: "API",
  duplicateOrder: "refuse",
  wholeAmounts: true,
  expiredStatus: "FAIL",
  minAmount: null,
  maxAmount: null,
  fee: "2.00",
  patchNumbering: "serial-in-mchOrderNo",
  duplicatePayout: "pay-again",
  payoutStatus: "PROCESSING",
  payoutEndsAfterMs: null,
  openingBalance: "10000000.00",
  notifyUrl: null,
  webhooksOn: true,
  webhookCopies: 1,
  webhookAmount: null,
  forgeWebhooks: false,
  bareWebhooks: false,
}
