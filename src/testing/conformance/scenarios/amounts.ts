import { actsOn } from "../support/payment-module"
import { readNextAction } from "../support/shopper"
import { referenceOf } from "../support/store"
import { refusalOf, type Suite } from "../support/suite"

type Row = { total: string; charged: string | "nothing to charge" }

/**
 * What a gateway is to charge for a total of Medusa's, which is not rounded, by the gateway's decimal
 * decimals: half up. Written out, because a test that computes would repeat the mistakes of what it tests.
 */
const charged: Readonly<Record<number, readonly Row[]>> = {
  0: [
    { total: "0.01", charged: "nothing to charge" },
    { total: "0.5", charged: "1" },
    { total: "1", charged: "1" },
    { total: "111.9888", charged: "112" },
    { total: "1234567.89", charged: "1234568" },
  ],
  2: [
    { total: "0.004", charged: "nothing to charge" },
    { total: "0.005", charged: "0.01" },
    { total: "0.01", charged: "0.01" },
    { total: "1", charged: "1.00" },
    { total: "1.005", charged: "1.01" },
    { total: "111.9888", charged: "111.99" },
    { total: "1234567.89", charged: "1234567.89" },
  ],
  3: [
    { total: "0.0004", charged: "nothing to charge" },
    { total: "0.01", charged: "0.010" },
    { total: "1", charged: "1.000" },
    { total: "1.0005", charged: "1.001" },
    { total: "111.9888", charged: "111.989" },
    { total: "1234567.89", charged: "1234567.890" },
  ],
}

export function amounts({ gateway, name, openStore }: Suite): void {
  const rows = Object.entries(gateway.currencies).flatMap(([currency, decimals]) =>
    rowsFor(decimals).map((row) => ({ ...row, currency }))
  )
  const payable = rows.filter((row) => row.charged !== "nothing to charge")
  const nothing = Object.keys(gateway.currencies).flatMap((currency) =>
    ["0", "-1"].map((total) => ({ total, currency }))
  )
  const tooSmall = rows.filter((row) => row.charged === "nothing to charge")

  describe(`${name}: amounts`, () => {
    it.each(payable)(
      "a total of $total $currency is charged as $charged, to the last digit",
      async ({ total, currency, charged }) => {
        const store = await openStore()
        const session = await store.checkout(total, { currency })
        const reference = referenceOf(session)
        expect(session.data.amount).toBe(charged)
        store.pay(session)
        expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
        expect(store.sandbox.moves("payment", reference)).toEqual([{ amount: charged, currency }])
      }
    )

    it.each([...tooSmall, ...nothing])(
      "a total of $total $currency is refused before the gateway is called",
      async ({ total, currency }) => {
        const store = await openStore()
        await refusalOf(store.checkout(total, { currency }))
        expect(store.sandbox.calls("create")).toBe(0)
      }
    )

    it("in a currency that the gateway has not are refused, with what a shopper can do", async () => {
      const store = await openStore()
      const refusal = await refusalOf(store.checkout("1", { currency: "xxx" }))
      expect(refusal).toMatch(/ can't be used for a payment in XXX\. Choose another way to pay$/)
      expect(store.sandbox.calls("create")).toBe(0)
    })
  })
}

function rowsFor(decimals: number): readonly Row[] {
  const rows = charged[decimals]
  if (!rows) {
    throw new Error(`Write down what is charged with ${decimals} decimal places`)
  }
  return rows
}

/** What was really paid, held against what was ordered. */
export function money({ gateway, name, openWithSession }: Suite): void {
  const { capabilities, wire } = gateway

  describe(`${name}: money`, () => {
    it(`paid with the right amount is ${
      capabilities.capture === "automatic" ? "captured" : "authorized"
    }, and kept in the journal once`, async () => {
      const { store, session } = await openWithSession("100")
      const reference = referenceOf(session)
      store.sandbox.pay(reference)
      const { status, data } = await store.medusa.authorize(session)
      await store.medusa.provider.getPaymentStatus({ data })
      expect(status).toBe(store.paidStatus)
      expect(data).toMatchObject({ reference, status: store.paidState })
      expect(store.sandbox.moves("payment", reference)).toEqual([store.money("100")])
      if (capabilities.capture === "automatic") {
        expect(await store.journal.moneyOfOrder(reference)).toEqual([
          expect.objectContaining({ order_reference: reference, ...store.orderMoney("100") }),
        ])
      }
    })

    it("paid leaves the shopper nothing to do", async () => {
      const { store, session } = await openWithSession()
      store.sandbox.pay(referenceOf(session))
      const { data } = await store.medusa.authorize(session)
      expect(readNextAction(data)).toEqual({ type: "none" })
    })

    if (wire.namesMoney) {
      const wrong = [
        { what: "a smaller amount", amount: "99", currency: undefined },
        ...(wire.namesCurrency
          ? [{ what: "another currency", amount: "100", currency: "xxx" }]
          : []),
        ...(capabilities.receivesInParts
          ? []
          : [{ what: "a larger amount", amount: "101", currency: undefined }]),
      ]
      it.each(wrong)("paid with $what is never authorized", async ({ amount, currency }) => {
        const { store, session } = await openWithSession("100")
        const paid = store.money(amount)
        store.sandbox.pay(referenceOf(session), { ...paid, currency: currency ?? paid.currency })
        const { payment } = await store.medusa.authorize(session)
        expect(payment).toBeUndefined()
        expect(["pending", "error"]).toContain(session.status)
        if (session.status === "error") {
          expect(store.warnings.join("\n")).toContain(referenceOf(session))
          expect(store.warnings.join("\n")).toContain(`received ${amount}`)
        }
      })
    }

    if (capabilities.receivesInParts) {
      it("paid in parts is pending until they add up", async () => {
        const { store, session } = await openWithSession("100")
        const reference = referenceOf(session)
        // Only its webhook names the number of a part.
        store.sandbox.pay(reference, store.money("60"))
        expect(actsOn((await store.medusa.receive(await store.lastWebhook())).action)).toBe(false)
        expect((await store.medusa.authorize(session)).status).toBe("pending")
        store.sandbox.pay(reference, store.money("40"))
        await store.medusa.receive(await store.lastWebhook())
        expect(store.medusa.paymentOf(session)).toBeDefined()
        expect(await store.journal.moneyOfOrder(reference)).toHaveLength(2)
      })
    }
  })
}
