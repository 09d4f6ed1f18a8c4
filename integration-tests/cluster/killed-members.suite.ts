import { disagreements } from "../http/support/disagreements"
import { checkOutThrough, type SellingThrough } from "../http/support/gateway-shop"
import { addBeneficiary, makeTransfer, seller, shownTransfer } from "../http/support/payout-shop"
import { eventually, suite } from "../http/support/shop"
import { tell } from "../http/support/tell"
import type { Member } from "./support/cluster"
import type { ClusterShop } from "./support/cluster-shop"

/** What a server held that was killed is another one's within a minute. */
const takeoverMs = 60_000
/** A busy machine takes its time to come as far as the call. */
const patienceMs = 120_000
/** Longer than anybody waits for the answer: the call is under way when its server is killed. */
const heldMs = 2_500
const initiate = "/payout/transfer/initiate"

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
    cashy.sandbox.fault("query", { kind: "latency", ms: heldMs, times: "forever" })
    mocasa.sandbox.fault("refund", { kind: "latency", ms: heldMs, times: "forever" })
    news.deliver({ servers: [first.url] })
    cashy.sandbox.pay(paid.reference)
    const refund = first
      .admin(shop)
      .refund(bought.paymentId)
      .catch(() => "gone with its server")
    await reaches(() => cashy.sandbox.calls("query"), questions + 1)
    await reaches(() => mocasa.sandbox.calls("refund"), refunds + 1)
    await first.kill()
    const killedAt = Date.now()
    expect(await refund).toBe("gone with its server")
    news.deliver({ servers: [second.url] })
    cashy.sandbox.clearFaults()
    mocasa.sandbox.clearFaults()

    const repeat = async () => (await second.admin(shop).refund(bought.paymentId)).status
    const [orders, status] = await Promise.all([
      eventually(
        () => shop.ordersOfCart(paid.cartId),
        ({ length }) => length > 0,
        takeoverMs
      ),
      eventually(repeat, (answered) => answered === 200, takeoverMs),
    ])
    tell(`killed server: message and refund were done ${Date.now() - killedAt} ms after the kill`)
    expect(orders).toHaveLength(1)
    expect(status).toBe(200)
    expect(mocasa.sandbox.moves("refund", bought.reference)).toHaveLength(1)
    const known = new Map([
      [mocasa.providerId, [bought.reference]],
      [cashy.providerId, [paid.reference]],
    ])
    expect(await disagreements(shop.database, [mocasa, cashy], known, since)).toEqual([])
  })

  it("in the middle of a reconciliation leaves what it held to the next worker, and each cart is one order", async () => {
    const since = new Date()
    const { servers, worker } = shop.cluster
    const kess = shop.selling("kess")
    const carts: { cartId: string; reference: string }[] = []
    for (let count = 0; count < 3; count += 1) {
      const checkout = await checkOutThrough(servers[count % 2]!.shopper(shop, kess.country), kess)
      kess.sandbox.pay(checkout.reference)
      carts.push(checkout)
    }
    const references = carts.map(({ reference }) => reference)
    const questions = kess.sandbox.calls("query")
    kess.sandbox.fault("query", { kind: "latency", ms: heldMs, times: "forever" })
    await shop
      .database("gateway_order")
      .whereIn("reference", references)
      .update({ next_check_at: new Date(0) })
    await reaches(() => kess.sandbox.calls("query"), questions + 1)
    await worker.kill()
    const killedAt = Date.now()
    kess.sandbox.clearFaults()
    // As whatever keeps the shop's processes running does.
    await worker.start()
    const made = async () => {
      const orders = await Promise.all(carts.map(({ cartId }) => shop.ordersOfCart(cartId)))
      return orders.map(({ length }) => length)
    }
    const counts = await eventually(made, (all) => all.every((count) => count > 0), takeoverMs)
    tell(`killed worker: the reconciliation was done ${Date.now() - killedAt} ms after the kill`)
    expect(counts).toEqual([1, 1, 1])
    const known = new Map([[kess.providerId, references]])
    expect(await disagreements(shop.database, [kess], known, since)).toEqual([])
  })

  it("in the middle of a payout run sends no payout twice, and each is known", async () => {
    const { servers, worker } = shop.cluster
    const admin = servers[0]!.admin(shop)
    const beneficiary = await addBeneficiary(admin, seller)
    shop.payouts.faults.add({ kind: "latency", path: initiate, ms: heldMs, times: "forever" })
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
    await reaches(() => shop.payouts.calls.count(initiate), calls + 1)
    await worker.kill()
    const killedAt = Date.now()
    shop.payouts.faults.clear()
    await worker.start()
    const states = async () =>
      await Promise.all(
        transfers.map(async ({ id }) => (await shownTransfer(servers[1]!.admin(shop), id)).status)
      )
    const ended = await eventually(
      states,
      (all) => all.every((status) => status === "succeeded"),
      takeoverMs
    )
    tell(`killed worker: the payouts were done ${Date.now() - killedAt} ms after the kill`)
    expect(ended).toEqual(["succeeded", "succeeded", "succeeded"])
    for (const { reference } of transfers) {
      expect(shop.payouts.ledger.entries({ reference })).toHaveLength(1)
    }
  })

  async function orderThrough(server: Member, selling: SellingThrough) {
    const shopper = server.shopper(shop, selling.country)
    const { cartId, reference } = await checkOutThrough(shopper, selling)
    selling.sandbox.pay(reference)
    await shopper.complete(cartId)
    const order = await shop.orderOfCart(cartId)
    return { reference, paymentId: order.payment_collections[0]!.payments[0]!.id }
  }

  async function reaches(count: () => number, wanted: number): Promise<void> {
    const isReached = (reached: number) => reached >= wanted
    const reached = await eventually(async () => count(), isReached, patienceMs)
    expect(reached).toBeGreaterThanOrEqual(wanted)
  }
})
