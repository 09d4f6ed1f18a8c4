import { z } from "zod"
import type { Ledger } from "../shared/ledger"
import { Records } from "../shared/records"
import type { Route } from "../shared/server"
import {
  amountText,
  apiRoute,
  CURRENCY,
  type FinalOutcome,
  isFinal,
  Refusal,
  text,
} from "./protocol"
import type { MocasaContext } from "./sandbox"

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
  const { notifier, payouts, settings, tokens } = context
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
        const { transferStatus, duplicateTransfer } = settings()
        const transfer = payouts.initiate(fields, transferStatus, duplicateTransfer)
        notifier.transferChanged(transfer)
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

interface Beneficiary {
  readonly accountNo: string
  readonly status: string
}

interface NewTransfer {
  readonly transferSerialNo: string
  /** Two decimals. */
  readonly amount: string
  readonly payeeAccountNo: string
  readonly purpose: string
}

export interface Transfer extends NewTransfer {
  readonly txStatus: string
  readonly txMessage: string
  /** Epoch, milliseconds. */
  readonly txTime: number
}

interface PayoutsOptions {
  readonly ledger: Ledger
  readonly now: () => number
  readonly randomId: () => string
}

export class Payouts extends Records<Transfer> {
  readonly #beneficiaries = new Map<string, Beneficiary>()
  readonly #options: PayoutsOptions

  constructor(options: PayoutsOptions) {
    super({})
    this.#options = options
  }

  protected numberOf({ transferSerialNo }: Transfer): string {
    return transferSerialNo
  }

  protected unknown(): Refusal {
    return new Refusal("TRANSFER_NOT_FOUND")
  }

  /** The call has no reference of the merchant's: asked twice, there are two accounts. */
  addBeneficiary(status: string): Beneficiary {
    const beneficiary = { accountNo: this.#options.randomId(), status }
    this.#beneficiaries.set(beneficiary.accountNo, beneficiary)
    return beneficiary
  }

  /** Under `pay-again` a serial number that is known moves the money a second time. @throws {Refusal} */
  initiate(wanted: NewTransfer, txStatus: string, onDuplicate: "pay-again" | "refuse"): Transfer {
    if (onDuplicate === "refuse" && this.get(wanted.transferSerialNo)) {
      throw new Refusal("TRANSFER_EXISTS")
    }
    const payee = this.#beneficiaries.get(wanted.payeeAccountNo)
    if (payee === undefined) throw new Refusal("ACCOUNT_NOT_FOUND")
    if (payee.status !== "success") throw new Refusal("ACCOUNT_NOT_ACTIVE", payee.status)
    return this.#record(wanted, txStatus)
  }

  /** Ends a transfer in progress. */
  finish(transferSerialNo: string, txStatus: FinalOutcome): Transfer {
    const transfer = this.require(transferSerialNo)
    if (isFinal(transfer.txStatus)) {
      throw new Error(`The transfer ${transferSerialNo} is not in progress`)
    }
    return this.#record(transfer, txStatus)
  }

  /** The money of a transfer that succeeded comes back. Assumption: Mocasa says `failed` of it then. */
  giveBack(transferSerialNo: string): Transfer {
    const transfer = this.require(transferSerialNo)
    if (transfer.txStatus !== "success") {
      throw new Error(`The transfer ${transferSerialNo} has not succeeded`)
    }
    this.#options.ledger.append({
      kind: "payout_returned",
      reference: transferSerialNo,
      amount: transfer.amount,
      currency: CURRENCY,
    })
    return this.#record(transfer, "failed")
  }

  #record(wanted: NewTransfer, txStatus: string): Transfer {
    const transfer: Transfer = {
      ...wanted,
      txStatus,
      txMessage: `Transfer ${txStatus}`,
      txTime: this.#options.now(),
    }
    if (txStatus === "success") {
      this.#options.ledger.append({
        kind: "payout",
        reference: transfer.transferSerialNo,
        amount: transfer.amount,
        currency: CURRENCY,
      })
    }
    return this.put(transfer)
  }
}

type Paying = Pick<MocasaContext, "payouts" | "notifier">

/** Ends a transfer in progress, and tells the merchant. */
export function finishTransfer(
  { payouts, notifier }: Paying,
  transferSerialNo: string,
  txStatus: FinalOutcome
): Transfer {
  const transfer = payouts.finish(transferSerialNo, txStatus)
  notifier.transferChanged(transfer)
  return transfer
}

/** Has the money of a transfer come back, and tells the merchant. */
export function giveBack({ payouts, notifier }: Paying, transferSerialNo: string): Transfer {
  const transfer = payouts.giveBack(transferSerialNo)
  notifier.transferChanged(transfer)
  return transfer
}
