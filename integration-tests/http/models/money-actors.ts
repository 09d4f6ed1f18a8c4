import { isAxiosError } from "axios"
import { setTimeout as sleep } from "node:timers/promises"
import type { Admin } from "../support/admin"
import type { Shop } from "../support/shop"
import { Shopper, type CheckoutSession } from "../support/shopper"
import type { CrashingStore } from "./crashing-store"
import { openPage, sessionInput, type SellingThrough } from "../support/gateway-shop"
import type { Action } from "./money-plan"
import { RefundClient } from "./refund-client"

/** What a shopper was shown to pay with. */
type Shown = { reference: string; isPaid: boolean }

export type Cart = {
  id: string
  collectionId: string
  selling: SellingThrough
  shopper: Shopper
  /** How often a method was chosen, whatever came of it. */
  choices: number
  shown: Shown[]
}

type Tools = {
  shop: Shop
  store: CrashingStore
  through: readonly SellingThrough[]
  admin: Admin
}

/** How long a gateway is out of reach, in milliseconds. */
const refusesForMs = 800

/** Shoppers and admins, who know what they asked for and nothing of what became of it. */
export class MoneyActors {
  readonly carts: Cart[] = []
  readonly refunds: RefundClient
  /** How often each was done, and how often no answer came. */
  readonly done = new Map<Action["type"] | "unanswered", number>()
  faultsStruck = 0
  readonly #captures = new Set<string>()
  readonly #tools: Tools

  constructor(tools: Tools) {
    this.#tools = tools
    this.refunds = new RefundClient(tools.shop, tools.admin)
  }

  async run(action: Action): Promise<void> {
    try {
      if (await this.#try(action)) {
        this.#count(action.type)
      }
    } catch (error) {
      if (!isAxiosError(error) || error.response) {
        throw error
      }
      this.#count("unanswered") // the server was killed, and whoever waits sees an error page
    }
  }

  /** Admins capture what they wanted captured; where it was, or was canceled, Medusa says so. */
  async repeatCaptures(): Promise<void> {
    for (const id of this.#captures) {
      await this.#tools.admin.post(`/admin/payments/${id}/capture`, {})
    }
  }

  /** Every gateway can be reached again. */
  async heal(): Promise<void> {
    for (const { proxy } of this.#tools.through) {
      this.faultsStruck += proxy.struck()
      await proxy.clear()
    }
  }

  /** False where there is nothing yet that it could be done with. */
  async #try(action: Action): Promise<boolean> {
    switch (action.type) {
      case "buy":
        return await this.#buy(action)
      case "fault":
        return await this.#breakGateway(action)
      case "refund":
        return await this.#atCounter(action, ({ capabilities: { refund } }) => refund !== "none")
      case "capture":
        return await this.#atCounter(
          action,
          ({ capabilities }) => capabilities.capture !== "automatic"
        )
      case "cancel":
        return await this.#atCounter(action, () => true)
      case "change cart":
      case "choose again":
      case "come back":
      case "pay late": {
        const cart = nthOf(this.carts, action.cart)
        return cart !== undefined && (await this.#atCart(cart, action))
      }
    }
  }

  async #buy({ gateway, pays, comesBack }: Extract<Action, { type: "buy" }>): Promise<boolean> {
    const { shop, store, through } = this.#tools
    const selling = nthOf(through, gateway)!
    const shopper = new Shopper(store.api, shop.store, selling.country)
    const id = await shopper.fillCart()
    const collectionId = await shopper.collectionOf(id)
    const cart: Cart = { id, collectionId, selling, shopper, choices: 0, shown: [] }
    this.carts.push(cart)
    const shown = await choose(cart)
    if (shown && pays) {
      pay(cart, shown)
    }
    if (shown && comesBack) {
      await shopper.complete(id)
    }
    return true
  }

  async #atCart(
    cart: Cart,
    action: Extract<Action, { type: "change cart" | "choose again" | "come back" | "pay late" }>
  ): Promise<boolean> {
    switch (action.type) {
      case "change cart": {
        const item = { variant_id: this.#tools.shop.store.variants.whole, quantity: 1 }
        cart.choices += 1 // the session that was chosen is gone
        const { status } = await cart.shopper.post(`/store/carts/${cart.id}/line-items`, item)
        return status === 200 && (await choose(cart)) !== undefined
      }
      case "choose again":
        return (await choose(cart)) !== undefined
      case "come back":
        await cart.shopper.complete(cart.id)
        return true
      case "pay late": {
        const shown = nthOf(
          cart.shown.filter(({ isPaid }) => !isPaid),
          action.session
        )
        return shown !== undefined && pay(cart, shown)
      }
    }
  }

  async #atCounter(
    action: Extract<Action, { type: "refund" | "capture" | "cancel" }>,
    can: (gateway: SellingThrough["gateway"]) => boolean
  ): Promise<boolean> {
    const { shop, admin } = this.#tools
    const cart = nthOf(
      this.carts.filter(({ selling }) => can(selling.gateway)),
      action.cart
    )
    const [orderId] = cart ? await shop.ordersOfCart(cart.id) : []
    const order = orderId === undefined ? undefined : await shop.adminOrder(orderId)
    const payment = order?.payment_collections[0]?.payments[0]
    if (!order || !payment) {
      return false
    }
    switch (action.type) {
      case "capture":
        this.#captures.add(payment.id)
        await admin.post(`/admin/payments/${payment.id}/capture`, {})
        return true
      case "refund":
        await this.refunds.refund(payment, action.amount, action.admins)
        return true
      case "cancel":
        await this.refunds.cancel(order.id, payment)
        return true
    }
  }

  async #breakGateway({ gateway, kind }: Extract<Action, { type: "fault" }>): Promise<boolean> {
    const { proxy } = nthOf(this.#tools.through, gateway)!
    await proxy.arm(kind, () => true)
    if (kind === "refuse") {
      await sleep(refusesForMs)
      this.faultsStruck += proxy.struck()
      await proxy.clear()
    }
    return true
  }

  #count(what: Action["type"] | "unanswered"): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1)
  }
}

async function choose(cart: Cart): Promise<Shown | undefined> {
  const { selling, shopper, collectionId } = cart
  cart.choices += 1
  const { status, data } = await shopper.choosePayment(collectionId, selling.providerId, {
    ...sessionInput(selling.gateway),
    ...selling.sandbox.charging?.shopper().data,
  })
  if (status !== 200) {
    return undefined
  }
  const [session] = data.payment_collection.payment_sessions
  const isCharged = selling.sandbox.charging !== undefined
  if (!isCharged && !(await opens(selling, session))) {
    return undefined
  }
  // What the shop's server charges, nobody pays at the gateway.
  const shown = { reference: session.data.reference, isPaid: isCharged }
  cart.shown.push(shown)
  return shown
}

/** A fault can meet the shopper's browser as well, who then sees no page and pays nothing. */
async function opens({ sandbox }: SellingThrough, session: CheckoutSession): Promise<boolean> {
  try {
    await openPage(session)
  } catch {
    return false
  }
  return sandbox.orders().includes(session.data.reference)
}

function pay({ selling }: Cart, shown: Shown): boolean {
  if (shown.isPaid) {
    return false
  }
  shown.isPaid = true
  selling.sandbox.pay(shown.reference)
  return true
}

function nthOf<Item>(items: readonly Item[], nth: number): Item | undefined {
  return items[nth % items.length]
}
