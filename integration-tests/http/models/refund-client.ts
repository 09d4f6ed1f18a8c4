import { isAxiosError, type AxiosResponse } from "axios"
import type { Admin } from "../support/admin"
import type { AdminOrder, Shop } from "../support/shop"

type Payment = AdminOrder["payment_collections"][number]["payments"][number]

/** `open`: nobody told the admin that it was made, or that it will not be. */
type RefundRequest = {
  paymentId: string
  reference: string
  amount: number
  state: "open" | "made" | "refused"
}

/** What is said of a refund that is to be repeated. */
const toBeRepeated = /not known|under way|try the same|try again/i

/** Admins who refund, and who repeat what they were not told the end of. */
export class RefundClient {
  readonly #shop: Shop
  readonly #admin: Admin
  readonly #requests: RefundRequest[] = []

  constructor(shop: Shop, admin: Admin) {
    this.#shop = shop
    this.#admin = admin
  }

  /** So many admins at once, each of whom wants it. */
  async refund(payment: Payment, amount: number, admins: number): Promise<void> {
    const requests = Array.from({ length: admins }, () => this.#request(payment, amount, "open"))
    await Promise.all(requests.map(async (request) => await this.#try(request)))
  }

  /**
   * An order that is canceled gives back what is left, once. Whoever got no answer finds the order as it was, and is
   * told to refund its payment before it can be canceled; nobody repeats what was answered.
   *
   * @throws AxiosError where no answer came
   */
  async cancel(orderId: string, payment: Payment): Promise<void> {
    const request = this.#request(payment, leftOf(payment), "open")
    await this.#admin.post(`/admin/orders/${orderId}/cancel`, {})
    request.state = "refused"
  }

  /** Each looks first whether it was made meanwhile, and repeats what was not. */
  async repeatOpen(): Promise<void> {
    for (const request of this.#requests.filter(({ state }) => state === "open")) {
      if (await this.#wasMade(request)) {
        request.state = "made"
      } else {
        await this.#try(request)
      }
    }
  }

  get open(): number {
    return this.#requests.filter(({ state }) => state === "open").length
  }

  get made(): number {
    return this.#requests.filter(({ state }) => state === "made").length
  }

  /** The most refunds that anybody asked for. */
  requestsFor(reference: string): number {
    return this.#requests.filter((request) => request.reference === reference).length
  }

  #request({ id, data }: Payment, amount: number, state: RefundRequest["state"]): RefundRequest {
    const request = { paymentId: id, reference: String(data?.reference), amount, state }
    this.#requests.push(request)
    return request
  }

  async #try(request: RefundRequest): Promise<void> {
    if (request.amount === 0) {
      request.state = "refused" // of a payment that was not captured nothing is given back
      return
    }
    const answer = await this.#ask(request)
    if (answer?.status === 200) {
      request.state = "made"
    } else if (answer && !toBeRepeated.test(String(answer.data.message))) {
      request.state = "refused"
    }
  }

  /** Undefined where the server was killed before it answered. */
  async #ask({ paymentId, amount }: RefundRequest): Promise<AxiosResponse | undefined> {
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
  async #wasMade({ paymentId, amount }: RefundRequest): Promise<boolean> {
    const rows = await this.#shop
      .database("refund")
      .where({ payment_id: paymentId })
      .whereNull("deleted_at")
    const told = this.#requests.filter(
      (request) =>
        request.paymentId === paymentId && request.amount === amount && request.state === "made"
    )
    return rows.filter((row) => Number(row.amount) === amount).length > told.length
  }
}

function leftOf({ captures, refunds }: Payment): number {
  const sum = (rows: Payment["refunds"]) => rows.reduce((total, { amount }) => total + amount, 0)
  return sum(captures) - sum(refunds)
}
