import { createHash } from "node:crypto"
import type { PaymentzSandbox } from "../sandbox/paymentz"
import { readNextAction } from "../../src/testing/conformance/support/shopper"
import { actsOn } from "../../src/testing/conformance/support/payment-module"
import { PaymentzShops } from "./support/paymentz-shop"
import { refusalOf } from "../../src/testing/conformance/support/suite"
import { referenceOf } from "../../src/testing/conformance/support/store"

const shops = new PaymentzShops()

afterEach(() => shops.closeAll())

/** What only Paymentz tells, and how it can be told by somebody else. */
describe("paymentz: a callback", () => {
  it("signed with the word null cancels nothing that was paid, and lets the payment be found", async () => {
    const { store, sandbox } = await shops.open()
    const session = await store.checkout("100")
    const reference = referenceOf(session)
    sandbox.set({ callbacksOn: false })
    const { paymentId } = sandbox.pay(reference)
    sendSignedWithNull(sandbox, { reference, status: "C", url: store.webhooks.url })
    await store.medusa.receive(await store.lastWebhook())
    expect((await store.journal.findOrder(reference))?.state).toBe("paid")
    expect(store.medusa.paymentOf(session)?.data).toMatchObject({ gateway_id: paymentId })
  })

  it.each(["Y", "N", "P", "C"] as const)(
    "signed with the word null, with the status %s, completes nothing that was not paid",
    async (status) => {
      const { store, sandbox } = await shops.open()
      const session = await store.checkout("100")
      const reference = referenceOf(session)
      sendSignedWithNull(sandbox, { reference, status, url: store.webhooks.url })
      const { action } = await store.medusa.receive(await store.lastWebhook())
      expect(actsOn(action)).toBe(false)
      expect((await store.journal.findOrder(reference))?.state).toBe("open")
    }
  )

  it("of a shopper who cancelled, as the platform signs it, leaves the order to be paid later", async () => {
    const { store, sandbox } = await shops.open()
    const session = await store.checkout("100")
    const reference = referenceOf(session)
    sandbox.set({ nullKey: true })
    sandbox.cancel(reference)
    const { action } = await store.medusa.receive(await store.lastWebhook())
    expect(actsOn(action)).toBe(false)
    sandbox.pay(reference)
    expect((await store.medusa.receive(await store.lastWebhook())).action).toBe("captured")
  })

  it("of a chargeback reaches the journal, although its short status is still Y", async () => {
    const { store, sandbox } = await shops.open()
    const payment = await store.paid("100")
    const reference = referenceOf(payment)
    sandbox.chargeback(reference)
    const { action } = await store.medusa.receive(await store.lastWebhook())
    expect(actsOn(action)).toBe(false)
    expect((await store.journal.findOrder(reference))?.state).toBe("chargeback")
    expect(await refusalOf(store.medusa.refund(payment))).toContain(reference)
    expect(store.sandbox.calls("refund")).toBe(0)
  })

  it.each([
    { amount: "40", state: "paid" },
    { amount: "100", state: "refunded" },
  ])("of a refund of $amount of 100, which says reversed, leaves it $state", async (row) => {
    const { store, sandbox } = await shops.open()
    const payment = await store.paid("100")
    const reference = referenceOf(payment)
    sandbox.set({ callbacksOfMoves: true })
    await store.medusa.refund(payment, row.amount)
    await store.medusa.receive(await store.lastWebhook())
    expect((await store.journal.findOrder(reference))?.state).toBe(row.state)
  })

  it.each([
    { amount: "40.00", state: "paid" },
    { amount: "100.00", state: "refunded" },
  ])("of $amount that the back office refunded leaves it $state", async ({ amount, state }) => {
    const { store, sandbox } = await shops.open()
    const payment = await store.paid("100")
    const reference = referenceOf(payment)
    sandbox.set({ callbacksOfMoves: true })
    sandbox.refund(reference, amount)
    await store.medusa.receive(await store.lastWebhook())
    expect([...store.rows.payments.values()]).toHaveLength(1)
    expect((await store.journal.findOrder(reference))?.state).toBe(state)
  })

  it("of one attempt among several is held against the one that was paid", async () => {
    const { store, sandbox } = await shops.open()
    const session = await store.checkout("100")
    const reference = referenceOf(session)
    sandbox.decline(reference)
    const declined = await store.lastWebhook()
    sandbox.pay(reference)
    await store.medusa.receive(declined)
    expect((await store.journal.findOrder(reference))?.state).toBe("paid")
  })
})

describe("paymentz: a form that the shopper's browser changed", () => {
  it("from a debit to a reservation pays nothing, whatever the callback says", async () => {
    const { store, sandbox } = await shops.open()
    const session = await store.checkout("100")
    const reference = referenceOf(session)
    sandbox.decline(reference)
    const action = readNextAction(session.data)
    if (action.type !== "post_form") {
      throw new Error("There is no form")
    }
    const fields = { ...action.fields, transactionType: "PA" }
    await fetch(action.url, { method: "POST", body: new URLSearchParams(fields) })
    sandbox.pay(reference)
    expect(sandbox.ledger.entries({ reference }).map(({ kind }) => kind)).toEqual(["authorization"])
    const { action: told } = await store.medusa.receive(await store.lastWebhook())
    expect(actsOn(told)).toBe(false)
    expect((await store.medusa.authorize(session)).status).toBe("pending")
    expect(await store.journal.moneyOfOrder(reference)).toEqual([])
  })
})

describe("paymentz: a second payment under one reference", () => {
  it("is found by its callback, and does not pay for the order again", async () => {
    const { store, sandbox } = await shops.open()
    const payment = await store.paid("100")
    const reference = referenceOf(payment)
    const second = sandbox.payAgain(reference)
    const { another } = await store.medusa.receive(await store.lastWebhook())
    expect(another).toBeDefined()
    expect(await store.journal.findOrder(String(another))).toMatchObject({
      state: "paid",
      gateway_id: second.paymentId,
      amount: "100.00",
    })
    expect(await store.journal.moneyOfOrder(reference)).toHaveLength(1)
    expect([...store.rows.payments.values()]).toHaveLength(1)
  })

  it("that the shopper's bank took back leaves the order's own payment as it is", async () => {
    const { store, sandbox } = await shops.open()
    const payment = await store.paid("100")
    const reference = referenceOf(payment)
    const { paymentId } = sandbox.payAgain(reference)
    const { another } = await store.medusa.receive(await store.lastWebhook())
    sandbox.chargebackOf(paymentId)
    await store.medusa.receive(await store.lastWebhook())
    expect((await store.journal.findOrder(String(another)))?.state).toBe("chargeback")
    expect((await store.journal.findOrder(reference))?.state).toBe("paid")
  })
})

describe("paymentz: a preauthorisation", () => {
  it("captured in part is refunded once, within what was captured", async () => {
    const { store, sandbox } = await shops.open({ capture: "manual" })
    const payment = await store.authorized("100")
    await store.medusa.capture(payment, "40")
    await refusalOf(store.medusa.refund(payment, "41"))
    await store.medusa.refund(payment, "15")
    await refusalOf(store.medusa.refund(payment, "25"))
    expect(sandbox.ledger.entries().map(({ kind, amount }) => [kind, amount])).toEqual([
      ["authorization", "100.00"],
      ["capture", "40.00"],
      ["refund", "15.00"],
    ])
  })
})

type NullSigned = {
  readonly reference: string
  readonly status: "Y" | "N" | "P" | "C"
  readonly url: string
}

/** Anybody can: the key is a word that is known. */
function sendSignedWithNull(sandbox: PaymentzSandbox, { reference, status, url }: NullSigned) {
  const amount = "100.00"
  const checksum = createHash("md5")
    .update(["null", reference, amount, status, "null"].join("|"))
    .digest("hex")
  sandbox.callbacks.sendAsIs(
    { merchantTransactionId: reference, amount, transactionStatus: status, checksum },
    url
  )
}
