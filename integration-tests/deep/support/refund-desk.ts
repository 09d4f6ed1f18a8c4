import { isAxiosError, type AxiosResponse } from "axios"
import type { Admin } from "../../http/support/admin"
import type { AdminOrder, Shop } from "../../http/support/shop"

type Payment = AdminOrder["payment_collections"][number]["payments"][number]

/** `open`: nobody told the admin that it was made, or that it will not be. */
type RefundWish = {
  paymentId: string
  reference: string
  amount: number
  state: "open" | "made" | "refused"
}

/** What is said of a refund that is to be repeated. */
const toBeRepeated = /not known|under way|try the same|try again/i

/** Admins who refund, and who repeat what they were not told the end of. */
export class RefundDesk {
  readonly #shop: Shop
  readonly #admin: Admin
  readonly #wishes: RefundWish[] = []

  constructor(shop: Shop, admin: Admin) {
    this.#shop = shop
    this.#admin = admin
  }

  /** So many admins at once, each of whom wants it. */
  async refund(payment: Payment, amount: number, admins: number): Promise<void> {
    const wishes = Array.from({ length: admins }, () => this.#wish(payment, amount, "open"))
    await Promise.all(wishes.map(async (wish) => await this.#try(wish)))
  }

  /** An order that is canceled gives back what is left, once; nobody can repeat that. */
  expectRefundOf(payment: Payment): void {
    this.#wish(payment, payment.amount, "refused")
  }

  /** Each looks first whether it was made meanwhile, and repeats what was not. */
  async repeatOpen(): Promise<void> {
    for (const wish of this.#wishes.filter(({ state }) => state === "open")) {
      if (await this.#wasMade(wish)) {
        wish.state = "made"
      } else {
        await this.#try(wish)
      }
    }
  }

  get open(): number {
    return this.#wishes.filter(({ state }) => state === "open").length
  }

  get made(): number {
    return this.#wishes.filter(({ state }) => state === "made").length
  }

  /** The most refunds that anybody wished for. */
  wishesFor(reference: string): number {
    return this.#wishes.filter((wish) => wish.reference === reference).length
  }

  #wish({ id, data }: Payment, amount: number, state: RefundWish["state"]): RefundWish {
    const wish = { paymentId: id, reference: String(data?.reference), amount, state }
    this.#wishes.push(wish)
    return wish
  }

  async #try(wish: RefundWish): Promise<void> {
    const answer = await this.#ask(wish)
    if (answer?.status === 200) {
      wish.state = "made"
    } else if (answer && !toBeRepeated.test(String(answer.data.message))) {
      wish.state = "refused"
    }
  }

  /** Undefined where the server was killed before it answered. */
  async #ask({ paymentId, amount }: RefundWish): Promise<AxiosResponse | undefined> {
    try {
      return await this.#admin.refund(paymentId, amount)
    } catch (error) {
      if (isAxiosError(error) && !error.response) {
        return undefined
      }
      throw error
    }
  }

  /** More refunds of the amount stand in the dashboard than anybody was told of. */
  async #wasMade({ paymentId, amount }: RefundWish): Promise<boolean> {
    const rows = await this.#shop
      .database("refund")
      .where({ payment_id: paymentId })
      .whereNull("deleted_at")
    const told = this.#wishes.filter(
      (wish) => wish.paymentId === paymentId && wish.amount === amount && wish.state === "made"
    )
    return rows.filter((row) => Number(row.amount) === amount).length > told.length
  }
}
