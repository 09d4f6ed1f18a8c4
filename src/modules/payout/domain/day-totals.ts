import { add, decimal, type DecimalString } from "../../../gateways/shared/money"
import type { Payee } from "./duplicates"
import type { Transfer } from "./transfer"

/** What counts against the limits of one day, to whom it goes and whose it is. */
export type DayAmount = Payee & Pick<Transfer, "amount" | "currency_code" | "created_by">

/** What was approved in one currency on one day: in all, for one payee, and of one maker; exact, major units. */
export type DaySums = { all: DecimalString; payee: DecimalString; maker: DecimalString }

/** What was approved on one day and left, or may have, or will. It grows by what is approved meanwhile. */
export class DayTotals {
  readonly #all = new Map<string, DecimalString>()
  readonly #makers = new Map<string, DecimalString>()
  readonly #payees = new Map<string, Set<DayAmount>>()

  constructor(amounts: readonly DayAmount[]) {
    amounts.forEach((amount) => this.add(amount))
  }

  add(one: DayAmount): void {
    const { currency_code, created_by, amount } = one
    addTo(this.#all, currency_code, amount)
    addTo(this.#makers, keyOf(currency_code, created_by), amount)
    for (const key of payeeKeys(one)) {
      this.#payees.set(key, (this.#payees.get(key) ?? new Set()).add(one))
    }
  }

  /** One payee is a beneficiary and whoever else has its account. */
  sums(one: Omit<DayAmount, "amount">): DaySums {
    const { currency_code, created_by } = one
    const toPayee = new Set(payeeKeys(one).flatMap((key) => [...(this.#payees.get(key) ?? [])]))
    return {
      all: this.#all.get(currency_code) ?? decimal(0),
      payee: [...toPayee].reduce((sum, { amount }) => add(sum, decimal(amount)), decimal(0)),
      maker: this.#makers.get(keyOf(currency_code, created_by)) ?? decimal(0),
    }
  }
}

function addTo(sums: Map<string, DecimalString>, key: string, amount: string): void {
  sums.set(key, add(sums.get(key) ?? decimal(0), decimal(amount)))
}

function payeeKeys({ currency_code, beneficiary_id, account_digests }: Omit<DayAmount, "amount">) {
  return [
    keyOf(currency_code, "beneficiary", beneficiary_id),
    ...account_digests.map((digest) => keyOf(currency_code, "account", digest)),
  ]
}

function keyOf(...parts: string[]): string {
  return JSON.stringify(parts)
}
