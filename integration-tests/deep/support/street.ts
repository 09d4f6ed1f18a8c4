import axios from "axios"
import { setTimeout as sleep } from "node:timers/promises"
import { Shopper } from "../../http/support/shopper"
import { makeDue } from "../../http/support/reconciliation"
import type { Shop } from "../../http/support/shop"
import { startReconciliation } from "../../../src/workflows/reconciliation/reconcile-payments"
import { processDueWebhookEvents } from "../../../src/workflows/webhook/process-webhook-event"
import { startChildStore } from "./child-store"
import { proxyFaults } from "./fault-proxy"
import { checkOutThrough, openPage, type SellingThrough } from "./gateway-shop"
import { isMoneyCall } from "./money-calls"
import type { PostOffice } from "./post-office"
import type { Action } from "./script"

type Link = { reference: string; selling: SellingThrough }
type Cart = { cartId: string; collectionId: string; selling: SellingThrough }

/** Longer than anything takes that was begun, in milliseconds. */
const patienceMs = 30_000

/** Everybody who has to do with the shop, doing what a script says. */
export class Street {
  readonly done: Record<Action["do"], number> = {
    "check out": 0,
    "change the cart": 0,
    pay: 0,
    "come back": 0,
    deliver: 0,
    lose: 0,
    refund: 0,
    jobs: 0,
    kill: 0,
  }
  readonly #shop: Shop
  readonly #through: readonly SellingThrough[]
  readonly #office: PostOffice
  readonly #carts: Cart[] = []
  /** To the gateways' pages, also those of orders that a cart has left behind. */
  readonly #unpaidLinks: Link[] = []

  constructor(shop: Shop, through: readonly SellingThrough[], office: PostOffice) {
    this.#shop = shop
    this.#through = through
    this.#office = office
  }

  /** What can't be done at that time is left out. */
  async act(action: Action): Promise<void> {
    if (await this.#take(action)) {
      this.done[action.do] += 1
    }
  }

  /** The jobs have come by so often that nothing is left for them. */
  async jobsRunOut(): Promise<void> {
    for (let round = 0; round < 8; round += 1) {
      await this.#jobs()
    }
  }

  async #take(action: Action): Promise<boolean> {
    switch (action.do) {
      case "check out":
        return await this.#checkOut(pick(this.#through, action.gateway))
      case "change the cart":
        return await this.#changeCart(pick(this.#carts, action.cart))
      case "pay":
        return this.#pay(action.link)
      case "come back":
        return await this.#comeBack(pick(this.#carts, action.cart))
      case "deliver":
        return await this.#deliver(action.letter, action.copies)
      case "lose":
        return this.#office.take(action.letter) !== undefined
      case "refund":
        return await this.#refund(pick(this.#carts, action.cart), action.fault)
      case "jobs":
        await this.#jobs()
        return true
      case "kill":
        await this.#kill(action)
        return true
    }
  }

  async #checkOut(selling: SellingThrough | undefined): Promise<boolean> {
    if (!selling) {
      return false
    }
    const { cartId, collectionId, reference } = await checkOutThrough(
      this.#shopper(selling),
      selling
    )
    this.#carts.push({ cartId, collectionId, selling })
    this.#unpaidLinks.push({ reference, selling })
    return true
  }

  async #changeCart(cart: Cart | undefined): Promise<boolean> {
    if (!cart) {
      return false
    }
    const { cartId, selling } = cart
    const shopper = this.#shopper(selling)
    const item = { variant_id: this.#shop.store.variants.odd, quantity: 1 }
    if ((await shopper.post(`/store/carts/${cartId}/line-items`, item)).status !== 200) {
      return false // it was paid, and became an order
    }
    const { status, data } = await shopper.choosePayment(cart.collectionId, selling.providerId)
    if (status === 200) {
      const [session] = data.payment_collection.payment_sessions
      await openPage(session)
      this.#unpaidLinks.push({ reference: session.data.reference, selling })
    }
    return true
  }

  #pay(index: number): boolean {
    const [link] = this.#unpaidLinks.splice(index % Math.max(1, this.#unpaidLinks.length), 1)
    link?.selling.sandbox.pay(link.reference)
    return link !== undefined
  }

  async #comeBack(cart: Cart | undefined): Promise<boolean> {
    if (!cart) {
      return false
    }
    await this.#shopper(cart.selling).complete(cart.cartId)
    return true
  }

  async #deliver(index: number, copies: number): Promise<boolean> {
    await this.#postAll()
    const letter = this.#office.take(index)
    if (!letter) {
      return false
    }
    await Promise.all(Array.from({ length: copies }, () => this.#office.deliver(letter)))
    await this.#messagesWorkedOn()
    return true
  }

  async #refund(cart: Cart | undefined, faultIndex: number): Promise<boolean> {
    const [orderId] = cart ? await this.#shop.ordersOfCart(cart.cartId) : []
    if (!cart || !orderId) {
      return false
    }
    const { selling } = cart
    const order = await this.#shop.adminOrder(orderId)
    const [payment] = order.payment_collections[0]?.payments ?? []
    if (!payment) {
      return false
    }
    const fault = proxyFaults[faultIndex]
    if (fault && selling.gateway.capabilities.refunds !== "none") {
      await selling.proxy.arm(fault.kind, isMoneyCall(selling.gateway, "refund"))
    }
    await this.#shop.admin.refund(payment.id)
    await selling.proxy.clear()
    // Whoever is told that the outcome is not known tries again, as the message says.
    await this.#shop.admin.refund(payment.id)
    return true
  }

  /** Time passes: all that waits is due. */
  async #jobs(): Promise<void> {
    const { container, database } = this.#shop
    await database("webhook_event")
      .where({ state: "waiting" })
      .update({ next_try_at: new Date(0) })
    while ((await processDueWebhookEvents(container, 5)) === 5) {
      // There may be more.
    }
    await makeDue(this.#shop)
    await (
      await startReconciliation(container)
    ).ended
  }

  async #kill({ afterMs, letters, cart }: Extract<Action, { do: "kill" }>): Promise<void> {
    await this.#postAll()
    const store = await startChildStore(this.#shop.databaseUrl)
    const underWay: Promise<unknown>[] = []
    for (let count = 0; count < letters; count += 1) {
      const letter = this.#office.take(count)
      if (letter) {
        underWay.push(this.#office.deliver(letter, store.url))
      }
    }
    const comesBack = pick(this.#carts, cart)
    if (comesBack) {
      const api = axios.create({ baseURL: store.url })
      const shopper = new Shopper(api, this.#shop.store, comesBack.selling.country)
      underWay.push(shopper.complete(comesBack.cartId))
    }
    const ended = Promise.allSettled(underWay)
    await sleep(afterMs)
    await store.kill()
    await ended
    // What the dead server had taken over is free after some time.
    await this.#shop.database("webhook_event").update({ claimed_until: null })
  }

  async #postAll(): Promise<void> {
    await Promise.all(this.#through.map(({ sandbox }) => sandbox.webhooksSettled()))
  }

  /** A message is answered before it is worked on. */
  async #messagesWorkedOn(): Promise<void> {
    const giveUpAt = Date.now() + patienceMs
    const atWork = async () =>
      await this.#shop
        .database("webhook_event")
        .where({ state: "waiting" })
        .where((event) => {
          event.where({ attempts: 0 }).orWhereNotNull("claimed_until")
        })
    while ((await atWork()).length > 0) {
      if (Date.now() > giveUpAt) {
        throw new Error("A message that was taken in is not worked on")
      }
      await sleep(20)
    }
  }

  #shopper({ country }: SellingThrough): Shopper {
    return this.#shop.shopper(undefined, country)
  }
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)]
}
