import type { CashySandbox, CashySettings } from "../sandbox/cashy"
import { cashyWith } from "./cashy.data"
import { actsOn } from "../../src/testing/conformance/support/payment-module"
import { readNextAction } from "../../src/testing/conformance/support/shopper"
import { referenceOf, Store } from "../../src/testing/conformance/support/store"
import { Witness } from "../../src/testing/conformance/support/witness"

const habits: { what: string; settings: Partial<CashySettings> }[] = [
  { what: "the vendor's text", settings: { patchNumbering: "serial-in-mchOrderNo" } },
  { what: "the vendor's example", settings: { patchNumbering: "serial-in-patchMchOrderNo" } },
  {
    what: "the text, without the original's numbers",
    settings: { patchNumbering: "serial-in-mchOrderNo", bareWebhooks: true },
  },
  {
    what: "the example, without the original's numbers",
    settings: { patchNumbering: "serial-in-patchMchOrderNo", bareWebhooks: true },
  },
]

const stores: Store[] = []

afterEach(async () => {
  for (const store of stores.splice(0)) {
    await store.close()
  }
})

async function openShop(settings: Partial<CashySettings> = {}) {
  const started: CashySandbox[] = []
  const gateway = cashyWith(settings, (sandbox) => void started.push(sandbox))
  const store = await Store.open(gateway, new Witness())
  stores.push(store)
  const [sandbox] = started
  if (!sandbox) {
    throw new Error("The store opened without its sandbox")
  }
  return { store, sandbox }
}

/** All webhooks so far, also those that the store had before. */
async function receiveAll(store: Store): Promise<void> {
  await store.sandbox.webhooksSettled()
  for (const webhook of store.webhooks.received) {
    await store.medusa.receive(webhook)
  }
}

async function amountsOf(store: Store, reference: string): Promise<string[]> {
  return (await store.journal.moneyOfOrder(reference)).map(({ amount }) => String(amount)).sort()
}

/** What no other gateway does: one order is paid under several of the gateway's own numbers. */
describe.each(habits)("cashy: supplementary orders as in $what", ({ settings }) => {
  it("make one payment once they cover the amount, each kept once", async () => {
    const { store, sandbox } = await openShop(settings)
    const session = await store.checkout("100")
    const reference = referenceOf(session)
    const first = sandbox.payPart(reference, "60")
    await receiveAll(store)
    expect(store.medusa.paymentOf(session)).toBeUndefined()
    expect(await amountsOf(store, reference)).toEqual(["60"])

    const second = sandbox.payPart(reference, "40")
    await receiveAll(store)
    expect(store.medusa.paymentOf(session)).toBeDefined()
    await receiveAll(store)
    const money = await store.journal.moneyOfOrder(reference)
    expect(money.map(({ gateway_id }) => gateway_id).sort()).toEqual(
      [first.orderNo, second.orderNo].sort()
    )
    expect([...store.rows.payments.values()]).toHaveLength(1)
  })

  it("are found in whatever order their webhooks come", async () => {
    const { store, sandbox } = await openShop(settings)
    const session = await store.checkout("100")
    for (const amount of ["50", "30", "20"]) {
      sandbox.payPart(referenceOf(session), amount)
    }
    await store.sandbox.webhooksSettled()
    for (const webhook of [...store.webhooks.received].reverse()) {
      await store.medusa.receive(webhook)
    }
    expect(store.medusa.paymentOf(session)).toBeDefined()
    expect(await amountsOf(store, referenceOf(session))).toEqual(["20", "30", "50"])
  })

  it("of less than the amount are shown, and complete nothing", async () => {
    const { store, sandbox } = await openShop(settings)
    const session = await store.checkout("100")
    sandbox.payPart(referenceOf(session), "99")
    await receiveAll(store)
    expect((await store.medusa.authorize(session)).status).toBe("pending")
    expect(await amountsOf(store, referenceOf(session))).toEqual(["99"])
    const order = await store.journal.findOrder(referenceOf(session))
    expect(order?.details).toMatchObject({ received: "99" })
  })

  it("of a second payment are kept beside the first, and shown as too much", async () => {
    const { store, sandbox } = await openShop(settings)
    const session = await store.checkout("100")
    const reference = referenceOf(session)
    sandbox.pay(reference)
    await receiveAll(store)
    sandbox.payAgain(reference)
    await receiveAll(store)
    expect([...store.rows.payments.values()]).toHaveLength(1)
    expect(await amountsOf(store, reference)).toEqual(["100", "100"])
    const order = await store.journal.findOrder(reference)
    expect(order).toMatchObject({ state: "paid", details: { received: "200", surplus: "100" } })
  })

  it.each(["decline", "expire"] as const)("pay an order after its %s", async (end) => {
    const { store, sandbox } = await openShop(settings)
    const session = await store.checkout("100")
    sandbox[end](referenceOf(session))
    expect((await store.medusa.authorize(session)).status).toBe("error")
    sandbox.payPart(referenceOf(session), "100")
    await receiveAll(store)
    expect(store.medusa.paymentOf(session)).toBeDefined()
    const order = await store.journal.findOrder(referenceOf(session))
    expect(order?.state).toBe("paid")
  })

  it("of one order never pay another", async () => {
    const { store, sandbox } = await openShop(settings)
    const mine = await store.checkout("100")
    const theirs = await store.checkout("100")
    const { orderNo } = sandbox.payPart(referenceOf(theirs), "100")
    await store.sandbox.webhooksSettled()
    const claim = {
      orderNo,
      amount: "100.00",
      orderStatus: "SUCCESS",
      notifyUrl: store.webhooks.url,
      orderType: "PATCH",
    }
    sandbox.webhooks.send({ ...claim, mchOrderNo: `${referenceOf(mine)}00001` })
    sandbox.webhooks.send({ ...claim, mchOrderNo: "x", patchMchOrderNo: referenceOf(mine) })
    await store.sandbox.webhooksSettled()
    const [, ...lies] = store.webhooks.received
    expect(lies).toHaveLength(2)
    for (const lie of lies) {
      expect(actsOn((await store.medusa.receive(lie)).action)).toBe(false)
    }
    expect(store.medusa.paymentOf(mine)).toBeUndefined()
    expect(await amountsOf(store, referenceOf(mine))).toEqual([])
    await receiveAll(store)
    expect(store.medusa.paymentOf(theirs)).toBeDefined()
  })
})

describe("cashy: an order", () => {
  it("that somebody made by hand completes nothing", async () => {
    const { store, sandbox } = await openShop()
    const session = await store.checkout("100")
    sandbox.addByHand({
      mchOrderNo: referenceOf(session).slice(0, -1),
      amount: "100",
      currency: "PKR",
      notifyUrl: store.webhooks.url,
    })
    const { action } = await store.medusa.receive(await store.lastWebhook())
    expect(actsOn(action)).toBe(false)
    expect(store.medusa.paymentOf(session)).toBeUndefined()
  })

  it("of the pay desk is ours", async () => {
    const { store, sandbox } = await openShop({ orderType: "DESK" })
    const session = await store.checkout("100")
    sandbox.pay(referenceOf(session))
    await store.medusa.receive(await store.lastWebhook())
    expect(store.medusa.paymentOf(session)).toBeDefined()
  })

  it.each([
    { ways: ["payDeskUrl", "payUrl", "payCode"], url: /\/pay\// },
    { ways: ["payUrl", "payCode"], url: /\/wallet\// },
  ] as const)("that can be paid by $ways leads to the first", async ({ ways, url }) => {
    const { store } = await openShop({ ways })
    expect(readNextAction((await store.checkout()).data)).toEqual({
      type: "redirect",
      url: expect.stringMatching(url),
    })
  })

  it("that has a pay code alone shows it, and is paid by a transfer", async () => {
    const { store, sandbox } = await openShop({ ways: ["payCode"] })
    const session = await store.checkout("100")
    const action = readNextAction(session.data)
    if (action.type !== "pay_code") {
      throw new Error(`The shopper was to be shown a pay code, and got ${action.type}`)
    }
    expect(action.expires_at).toBeDefined()
    sandbox.transfer(action.code, "100")
    expect((await store.medusa.authorize(session)).status).toBe("captured")
  })

  it("that can be paid in no way at all is refused", async () => {
    const { store } = await openShop({ ways: [] })
    await expect(store.checkout()).rejects.toThrow()
  })
})
