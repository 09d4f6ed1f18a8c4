import { MemoryJournal } from "../../../testing/memory-journal"
import type { GatewayOrderChange } from "../../../modules/payment-journal/gateway-order"
import { linkOf } from "../../../testing/fake-gateway"
import { fakeOptions } from "../../../testing/fake-provider"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

class BrokenJournal extends MemoryJournal {
  override async releaseSession(): Promise<void> {
    throw new Error("connection to postgres://user:marked-password@db lost")
  }
}

describe("deletePayment", () => {
  it("notes that the session is gone and keeps the order known", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    await store.deleteSession(session)
    const order = await store.order(session)
    expect(order.state).toBe("open")
    expect(order.session_released_at).not.toBeNull()
  })

  it("asks the gateway nothing, even where it is down", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const calls = store.gateway.calls.length
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await store.deleteSession(session)
    expect(store.gateway.calls).toHaveLength(calls)
  })

  it("does not throw when the journal fails, and says so without the error's words", async () => {
    const store = new FakeStore({}, (now) => new BrokenJournal({ now }))
    const session = await store.createSession()
    await expect(store.deleteSession(session)).resolves.toBeUndefined()
    expect(store.said("warn")).toMatch(/could not note/)
    expect(store.everythingSaid()).not.toContain("marked-password")
  })

  it.each([
    ["no data", undefined],
    ["data without a reference", {}],
    ["a reference that is no text", { reference: { $ne: null } }],
    ["a reference that nobody knows", { reference: "01JQ" }],
  ])("bears %s", async (_, data) => {
    const store = new FakeStore()
    await expect(store.provider.deletePayment({ data })).resolves.toEqual({ data: data ?? {} })
  })

  it("lets go of nothing that another provider opened", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    await store.other.deletePayment({ data: { reference: referenceOf(session) } })
    expect((await store.order(session)).session_released_at).toBeNull()
  })
})

/** A database that is gone for one statement. */
class FailingJournal extends MemoryJournal {
  failing: "changeOrder" | "releaseSession" | undefined

  override async changeOrder(reference: string, change: GatewayOrderChange) {
    this.#fail("changeOrder")
    return await super.changeOrder(reference, change)
  }

  override async releaseSession(reference: string): Promise<void> {
    this.#fail("releaseSession")
    await super.releaseSession(reference)
  }

  #fail(statement: "changeOrder" | "releaseSession"): void {
    if (this.failing === statement) {
      this.failing = undefined
      throw new Error("the connection to the database was lost")
    }
  }
}

const refused = { type: "not_allowed" }

describe("opening an order", () => {
  it("tells the gateway's refusal even where the journal fails right after it", async () => {
    const journal = new FailingJournal()
    const store = new FakeStore({}, () => journal)
    store.gateway.failNext("createOrder", {
      outcome: "declined",
      code: "E7",
      gatewayMessage: "no limit",
    })
    journal.failing = "releaseSession"
    await expect(store.createSession()).rejects.toThrow(/E7: no limit/)
  })

  it("asks before it sends an order again that was refused first and never answered then", async () => {
    const store = new FakeStore()
    const session = store.addSession()
    store.gateway.failNext(
      "createOrder",
      { outcome: "declined" },
      { outcome: "unknown", acts: true }
    )
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await expect(store.initiate(session)).rejects.toMatchObject(refused)
    await expect(store.initiate(session)).rejects.toMatchObject(refused)
    await store.initiate(session)
    expect(store.gateway.callsOf("createOrder")).toHaveLength(2)
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("does not take a gateway's own number or a QR's text of an old session for a card", async () => {
    const store = new FakeStore()
    const data = {
      gateway_id: "4111111111111111",
      next_action: { type: "qr_code", value: "00020101021128 4111111111111111 6304ABCD" },
    }
    const session = await store.createSession({ data })
    expect(session.data.status).toBe("open")
  })
})

describe("replacing an order whose amount is out of date", () => {
  it("lets go of the old one only once the new one stands, because the session lives on", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.failNext("createOrder", { outcome: "declined" })
    await expect(store.updateSession(session, 120)).rejects.toMatchObject(refused)
    expect(await store.order(session)).toMatchObject({ state: "open", session_released_at: null })
  })
})

describe("giving money back", () => {
  it("takes the rest of a total with four places as made whose row Medusa lost", async () => {
    const store = new FakeStore()
    const payment = await store.authorized({ amount: "111.9888" })
    await store.refund(payment, "11.99")
    await store.refund(payment, "99.9988")
    store.refunds.pop()
    await store.refund(payment, "99.9988")
    expect(store.gateway.moved(referenceOf(payment), "refund")).toEqual(["11.99", "100.00"])
  })

  it("does not say that all can be refunded when all of it went back before", async () => {
    const store = new FakeStore({ refund: "full" })
    const payment = await store.authorized()
    await store.refund(payment)
    await expect(store.refund(payment, 30)).rejects.not.toThrow(/100\.00 PHP can be refunded/)
  })

  it("is not known to have failed when a repeat is answered with no: the first try may be why", async () => {
    const store = new FakeStore({ refund: "full" })
    const payment = await store.authorized()
    store.gateway.failNext("refund", { outcome: "unknown", acts: true })
    await expect(store.refund(payment)).rejects.toMatchObject(refused)
    store.gateway.askAnswer = { outcome: "may_repeat" }
    store.gateway.operationAnswer = { outcome: "declined", code: "failed" }
    await expect(store.refund(payment)).rejects.not.toThrow(/no money moved/)
    const [refund] = await store.journal.operationsOfOrder(referenceOf(payment), "refund")
    expect(refund?.state).toBe("unknown")
  })
})

describe("giving a reservation back", () => {
  it("is at its end when it is repeated after the gateway did it and the journal failed", async () => {
    const journal = new FailingJournal()
    const store = new FakeStore({ capture: "full", voids: true }, () => journal)
    const payment = await store.authorized()
    journal.failing = "changeOrder"
    await expect(store.cancel(payment)).rejects.toThrow(/database/)
    await store.cancel(payment)
    expect(payment.data.status).toBe("canceled")
    expect(store.gateway.moved(referenceOf(payment), "void")).toEqual(["100.00"])
  })
})

describe("taking money", () => {
  it("says in words for the admin that the gateway could not be asked", async () => {
    const store = new FakeStore()
    const payment = store.addPayment(await store.createSession())
    store.gateway.failNext("queryOrder", { outcome: "unknown" })
    await expect(store.capture(payment)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(referenceOf(payment)),
    })
  })
})

describe("money that came", () => {
  it.each([
    ["PAID", "full"],
    ["PAID", "multiple_partial"],
    ["RESERVED", "full"],
    ["RESERVED", "multiple_partial"],
  ] as const)(
    "is none where the gateway says %s and proves nothing, though nothing was captured yet (captures %s)",
    async (word, capture) => {
      const store = new FakeStore({ capture })
      const session = await store.createSession()
      store.gateway.order(referenceOf(session)).word = word
      expect(await store.authorize(session)).toBeUndefined()
      expect([session.status, session.data.status]).toEqual(["error", "mismatch"])
    }
  )

  it("does not pay for a session that wants another amount by now", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const old = referenceOf(session)
    await store.updateSession(session, 120)
    store.gateway.pay(old)
    expect(await store.authorize(session)).toBeUndefined()
    expect(referenceOf(session)).not.toBe(old)
  })

  it("does not pay for a session whose row wants another amount than any order of it", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    store.gateway.pay(referenceOf(session))
    Object.assign(session, { amount: 120, raw_amount: { value: "120", precision: 20 } })
    expect(await store.authorize(session)).toBeUndefined()
  })

  it("is all kept, also what came after a payment that was counted for another order", async () => {
    const store = new FakeStore({ receivesInParts: true })
    const first = await store.createSession()
    const second = await store.createSession()
    store.gateway.pay(referenceOf(first), { gatewayId: "MUP-1" })
    await store.authorize(first)
    store.gateway.pay(referenceOf(second), { gatewayId: "MUP-1" })
    store.gateway.pay(referenceOf(second), { gatewayId: "MUP-2" })
    await store.authorize(second)
    expect(await store.journal.moneyOfOrder(referenceOf(second))).toMatchObject([
      { gateway_id: "MUP-2", amount: "100.00" },
    ])
  })
})

const payer = {
  name: "Marked Name",
  phone: "0917 MARKED",
  email: "marked@example.com",
  id_number: "MARKED-ID-77",
}

describe("what is logged, thrown and returned on a payment's whole way", () => {
  it.each(["not_sent", "declined", "unknown", "bug"] as const)(
    "holds no key of the shop and nothing of the payer, when calls end as %s",
    async (outcome) => {
      const store = new FakeStore({
        capture: "multiple_partial",
        voids: true,
        payer: { id_number: { required: false } },
      })
      const session = await store.createSession({ data: { payer, note: "marked note" } })
      const { id_number } = store.gateway.order(referenceOf(session)).opened.payer
      expect(id_number).toBe(payer.id_number)
      store.gateway.pay(referenceOf(session))
      const payment = await store.authorize(session)
      if (!payment) {
        throw new Error("The payment was not authorized")
      }
      store.gateway.failNext("void", { outcome })
      await expect(store.cancel(payment)).rejects.toThrow()
      store.gateway.failNext("ask void", { outcome })
      store.gateway.failNext("capture", { outcome })
      await expect(store.capture(payment)).rejects.toThrow()
      store.gateway.failNext("queryOrder", { outcome })
      await store.webhook({ reference: referenceOf(session), word: "PAID" }).catch(() => undefined)

      expect(store.everythingSaid()).not.toMatch(/marked/i)
      expect(store.everythingSaid()).not.toContain(fakeOptions.apiKey)
      const kept = [
        session.data,
        payment.data,
        await store.order(session),
        await store.journal.operationsOfOrder(referenceOf(session)),
      ]
      expect(JSON.stringify(kept)).not.toMatch(/marked/i)
    }
  )
})
