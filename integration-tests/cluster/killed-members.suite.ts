import { checkOutThrough, type SellingThrough } from "../http/support/gateway-shop"
import { addBeneficiary, makeTransfer, seller, shownTransfer } from "../http/support/payout-shop"
import { suite } from "../http/support/shop"
import { tell } from "../http/support/tell"
import type { Member } from "./support/cluster"
import type { ClusterShop } from "./support/cluster-shop"
import { longestHoldMs } from "./support/held-by-the-dead"
import { untilBooksAgree, untilTrue } from "./support/patience"

/** What a server held that was killed can be another one's within a minute. How soon that one comes to it is told. */
const longestMs = 60_000
const initiate = "/payout/transfer/initiate"
const queryPayout = "/payout/transfer/query"

/** The call is under way until its server is killed: the gateway has done what it was asked for and never answers. */
const actsAndIsSilent = { kind: "black-hole", acts: true, times: "forever" } as const
const isSilent = { kind: "black-hole", times: "forever" } as const

export const killedMembers = suite<ClusterShop>("a part of it that is killed (SIGKILL)", (shop) => {
  afterEach(async () => {
    for (const { sandbox } of shop.through) {
      sandbox.clearFaults()
    }
    shop.payouts.faults.clear()
    await shop.cluster.restart()
  })

  it("in the middle of a message and a refund leaves both to the others, and nothing is made twice", async () => {
    const since = new Date()
    const { cluster, news } = shop
    const [first, second] = cluster.servers as [Member, Member]
    const mocasa = shop.selling("mocasa")
    const cashy = shop.selling("cashy")
    const bought = await orderThrough(second, mocasa)
    const paid = await checkOutThrough(second.shopper(shop, cashy.country), cashy)

    const [questions, refunds] = [cashy.sandbox.calls("query"), mocasa.sandbox.calls("refund")]
    cashy.sandbox.fault("query", isSilent)
    mocasa.sandbox.fault("refund", actsAndIsSilent)
    news.deliver({ servers: [first.url] })
    cashy.sandbox.pay(paid.reference)
    const refund = first
      .admin(shop)
      .refund(bought.paymentId)
      .catch(() => "gone with its server")
    await untilTrue(async () => cashy.sandbox.calls("query") > questions)
    await untilTrue(async () => mocasa.sandbox.calls("refund") > refunds)
    await first.kill()
    const killedAt = Date.now()
    expect(await refund).toBe("gone with its server")
    expect(await longestHoldMs(shop.database)).toBeLessThan(longestMs)
    expect(await shop.ordersOfCart(paid.cartId)).toEqual([])
    news.deliver({ servers: [second.url] })
    cashy.sandbox.clearFaults()
    mocasa.sandbox.clearFaults()

    await Promise.all([
      untilTrue(async () => (await shop.ordersOfCart(paid.cartId)).length > 0),
      untilTrue(async () => (await second.admin(shop).refund(bought.paymentId)).status === 200),
    ])
    tell(`killed server: message and refund were done ${Date.now() - killedAt} ms after the kill`)
    const known = new Map([
      [mocasa.providerId, [bought.reference]],
      [cashy.providerId, [paid.reference]],
    ])
    await untilBooksAgree(shop, [mocasa, cashy], known, since)
    expect(await shop.ordersOfCart(paid.cartId)).toHaveLength(1)
    expect(mocasa.sandbox.moves("refund", bought.reference)).toHaveLength(1)
  })

  it("in the middle of a reconciliation leaves what it held to the next worker, and each cart is one order", async () => {
    const since = new Date()
    const { servers, worker } = shop.cluster
    const kess = shop.selling("kess")
    kess.sandbox.fault("query", isSilent)
    const questions = kess.sandbox.calls("query")
    const carts: { cartId: string; reference: string }[] = []
    for (let count = 0; count < 3; count += 1) {
      const checkout = await checkOutThrough(servers[count % 2]!.shopper(shop, kess.country), kess)
      kess.sandbox.pay(checkout.reference)
      carts.push(checkout)
    }
    const references = carts.map(({ reference }) => reference)
    await shop
      .database("gateway_order")
      .whereIn("reference", references)
      .update({ next_check_at: new Date(0) })
    await untilTrue(async () => kess.sandbox.calls("query") > questions)
    await worker.kill()
    const killedAt = Date.now()
    expect(await longestHoldMs(shop.database, references)).toBeLessThan(longestMs)
    const orders = async () =>
      await Promise.all(carts.map(async ({ cartId }) => (await shop.ordersOfCart(cartId)).length))
    expect(await orders()).toEqual([0, 0, 0])
    kess.sandbox.clearFaults()
    // As whatever keeps the shop's processes running does.
    await worker.start()
    await untilTrue(async () => (await orders()).every((count) => count > 0))
    tell(`killed worker: the reconciliation was done ${Date.now() - killedAt} ms after the kill`)
    await untilBooksAgree(shop, [kess], new Map([[kess.providerId, references]]), since)
    expect(await orders()).toEqual([1, 1, 1])
  })

  it("in the middle of a payout run sends no payout twice, and each is known", async () => {
    const { servers, worker } = shop.cluster
    const admin = servers[0]!.admin(shop)
    const beneficiary = await addBeneficiary(admin, seller)
    shop.payouts.faults.add({ ...actsAndIsSilent, path: initiate })
    shop.payouts.faults.add({ ...isSilent, path: queryPayout })
    const calls = shop.payouts.calls.count(initiate)
    const transfers = await Promise.all(
      ["100.00", "200.00", "300.00"].map((amount) =>
        makeTransfer(admin, beneficiary.id, {
          amount,
          currency_code: "php",
          purpose: `Of ${amount}`,
        })
      )
    )
    const references = transfers.map(({ reference }) => reference)
    // One that had not left yet would be looked for for a while, because it may come late.
    await untilTrue(async () => shop.payouts.calls.count(initiate) >= calls + transfers.length)
    await worker.kill()
    const killedAt = Date.now()
    expect(await longestHoldMs(shop.database)).toBeLessThan(longestMs)
    const succeeded = async () =>
      await Promise.all(
        transfers.map(
          async ({ id }) =>
            (await shownTransfer(servers[1]!.admin(shop), id)).status === "succeeded"
        )
      )
    expect(await succeeded()).toEqual([false, false, false])
    shop.payouts.faults.clear()
    await worker.start()
    await untilTrue(async () => (await succeeded()).every(Boolean))
    tell(`killed worker: the payouts were done ${Date.now() - killedAt} ms after the kill`)
    for (const reference of references) {
      expect(shop.payouts.ledger.entries({ reference })).toHaveLength(1)
    }
  })

  async function orderThrough(server: Member, selling: SellingThrough) {
    const shopper = server.shopper(shop, selling.country)
    const { cartId, reference } = await checkOutThrough(shopper, selling)
    selling.sandbox.pay(reference)
    await shopper.complete(cartId)
    await untilTrue(async () => (await shop.ordersOfCart(cartId)).length > 0)
    const order = await shop.orderOfCart(cartId)
    return { reference, paymentId: order.payment_collections[0]!.payments[0]!.id }
  }
})
