import { firstCheckMs } from "../gateway-order"
import {
  delicateAmounts,
  type JournalUnderTest,
  newMoney,
  newOrder,
  newSessionId,
  notAmounts,
  openedOrder,
  times,
} from "./fixtures"

export function describeMoney(subject: () => JournalUnderTest): void {
  describe("received money", () => {
    it("is none for an order that is not known", async () => {
      expect(await subject().journal.moneyOfOrder("unknown")).toEqual([])
    })

    it("is counted once, and the first telling stands", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)

      const first = await journal.receiveMoney(newMoney(order))
      const again = await elsewhere.receiveMoney(newMoney(order, { amount: "1.00" }))

      expect(first).toMatchObject({ isNew: true, money: newMoney(order), ofOrder: [first.money] })
      expect(again).toEqual({ isNew: false, money: first.money, ofOrder: [first.money] })
      expect(await journal.moneyOfOrder(order)).toEqual([first.money])
    })

    it("is counted once when ten tell of it at once on two servers", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)

      const answers = await Promise.all(
        times(10, (index) => (index % 2 ? journal : elsewhere).receiveMoney(newMoney(order)))
      )

      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await journal.moneyOfOrder(order)).toHaveLength(1)
    })

    it("tells whose it is when one number of the gateway comes for two orders", async () => {
      const { journal } = subject()
      const one = await openedOrder(journal)
      const two = await openedOrder(journal)
      await journal.receiveMoney(newMoney(one))

      const answer = await journal.receiveMoney(newMoney(two, { gateway_id: `G${one}` }))

      expect(answer).toMatchObject({ isNew: false, money: { order_reference: one }, ofOrder: [] })
    })

    it("tells all that the order has by now with each, whoever wrote the others", async () => {
      const { journal, elsewhere } = subject()
      const order = await openedOrder(journal)
      const parts = await Promise.all(
        times(6, (index) =>
          (index % 2 ? journal : elsewhere).receiveMoney(
            newMoney(order, { gateway_id: `${index % 3}-${order}` })
          )
        )
      )
      expect(parts.filter(({ isNew }) => isNew)).toHaveLength(3)
      for (const { money, ofOrder } of parts) {
        expect(ofOrder).toContainEqual(money)
      }
      const last = await elsewhere.receiveMoney(newMoney(order, { gateway_id: `last-${order}` }))
      expect(last.ofOrder).toEqual(await journal.moneyOfOrder(order))
      expect(last.ofOrder).toHaveLength(4)
    })

    it("is another's where another gateway uses the same number", async () => {
      const { journal } = subject()
      const order = await openedOrder(journal)
      await journal.receiveMoney(newMoney(order))

      const { isNew } = await journal.receiveMoney(
        newMoney(order, { provider_id: "pp_other_other" })
      )

      expect(isNew).toBe(true)
    })

    it("adds up from several parts, oldest first", async () => {
      const { journal, clock } = subject()
      const order = await openedOrder(journal)
      for (const gateway_id of ["B", "A", "C"]) {
        await journal.receiveMoney(newMoney(order, { gateway_id: `${gateway_id}-${order}` }))
        clock.advance(1)
      }

      const parts = await journal.moneyOfOrder(order)

      expect(parts.map(({ gateway_id }) => gateway_id[0])).toEqual(["B", "A", "C"])
    })

    it("is kept although no order of ours is known for it", async () => {
      const { journal } = subject()
      await journal.receiveMoney(newMoney("order-of-nobody"))

      expect(await journal.moneyOfOrder("order-of-nobody")).toHaveLength(1)
    })

    it.each(delicateAmounts)("keeps %s to the last digit", async (amount) => {
      const { journal } = subject()
      const order = await openedOrder(journal)
      await journal.receiveMoney(newMoney(order, { amount }))

      expect(await journal.moneyOfOrder(order)).toMatchObject([{ amount }])
    })

    it.each(notAmounts)('refuses "%s" as an amount', async (amount) => {
      const { journal } = subject()
      const order = await openedOrder(journal)

      await expect(journal.receiveMoney(newMoney(order, { amount }))).rejects.toThrow(
        "is not an amount"
      )

      expect(await journal.moneyOfOrder(order)).toEqual([])
    })
  })
}

export function describeAttaching(subject: () => JournalUnderTest): void {
  /** What the shop's server asks before it makes a session for the money, and that session taking it. */
  async function requestFor(reference: string, sessionId: string) {
    const { journal } = subject()
    const { id, ...request } = await journal.requestPayment({
      order_id: "order_1",
      payment_collection_id: `pay_col_${sessionId}`,
      provider_id: "pp_acme_acme",
      purpose: "attach",
      reference,
    })
    const session = { ...request, id: sessionId }
    return { id, session, taken: await journal.takePaymentRequest(id, session) }
  }

  describe("an order whose session is gone and whose money pays for another session of its cart", () => {
    it("is moved once, and only when it is paid and let go", async () => {
      const { journal, elsewhere } = subject()
      const [session_id, other] = [newSessionId(), newSessionId()]
      const reference = await openedOrder(journal, { session_id })
      expect(await journal.reassignOrder(reference, other)).toBeUndefined()
      await journal.releaseSession(reference)
      expect(await journal.reassignOrder(reference, other)).toBeUndefined()
      await journal.changeOrder(reference, { state: "paid" })
      const answers = await Promise.all([
        journal.reassignOrder(reference, other),
        elsewhere.reassignOrder(reference, other),
      ])
      const moved = { session_id, attached_session_id: other, state: "paid" }
      expect(answers.filter((answer) => answer !== undefined)).toMatchObject([moved])
      expect(await elsewhere.ordersOfSession(session_id)).toEqual([])
      expect(await elsewhere.ordersOfSession(other)).toMatchObject([{ reference }])
      expect(await journal.reassignOrder(reference, newSessionId())).toBeUndefined()
    })

    it("is not moved while its session stands", async () => {
      const { journal } = subject()
      const reference = await openedOrder(journal)
      await journal.changeOrder(reference, { state: "paid" })
      expect(await journal.reassignOrder(reference, newSessionId())).toBeUndefined()
    })
  })

  describe("an order whose money is attached to another session", () => {
    it("is listed with the session it was attached to, and with no other", async () => {
      const { journal, elsewhere, linkCart } = subject()
      const [session_id, first, second] = [newSessionId(), newSessionId(), newSessionId()]
      const payment_collection_id = `pay_col_${session_id}`
      await linkCart(payment_collection_id, `cart_${session_id}`)
      const reference = await openedOrder(journal, { session_id, payment_collection_id })
      const left = await openedOrder(journal, { session_id, attempt: 1 })
      await journal.changeOrder(reference, { state: "paid" })
      await subject().listException(reference)
      await requestFor(reference, first)
      await requestFor(reference, second)

      await journal.attachOrder(reference, first)
      expect(await journal.attachOrder(reference, second)).toMatchObject({
        session_id,
        attached_session_id: second,
      })

      const referencesOf = async (session: string) =>
        (await elsewhere.ordersOfSession(session)).map((order) => order.reference)
      expect(await referencesOf(second)).toEqual([reference])
      expect(await referencesOf(first)).toEqual([])
      expect(await referencesOf(session_id)).toEqual([left])
      expect(await elsewhere.bindingOrdersOfCart(`cart_${session_id}`)).toEqual([])
    })

    it("counts as paid with what came, once that was attached", async () => {
      const { journal, elsewhere, clock } = subject()
      const input = newOrder()
      await journal.openOrder(input)
      await journal.changeOrder(input.reference, { state: "failed" })
      await journal.scheduleOrderCheck(input.reference, null)
      await subject().listException(input.reference)
      const other = newSessionId()
      await requestFor(input.reference, other)

      const attached = await journal.attachOrder(input.reference, other, "60.00")

      expect(attached).toMatchObject({
        state: "paid",
        amount: "60.00",
        requested_amount: "60.00",
        attached_session_id: other,
        next_check_at: new Date(clock.now().getTime() + firstCheckMs),
      })
      expect(await elsewhere.findOrder(input.reference)).toEqual(attached)
    })

    it.each(["refunded", "chargeback"] as const)(
      "is not attached when its money is gone again (%s)",
      async (state) => {
        const { journal } = subject()
        const reference = await openedOrder(journal)
        await journal.changeOrder(reference, { state: "paid" })
        await journal.changeOrder(reference, { state })
        await subject().listException(reference)
        const other = newSessionId()
        await requestFor(reference, other)
        const before = await journal.findOrder(reference)

        expect(await journal.attachOrder(reference, other, "60.00")).toBeUndefined()
        expect(await journal.findOrder(reference)).toEqual(before)
      }
    )

    it("is not attached where nobody has to decide about its money", async () => {
      const { journal } = subject()
      const reference = await openedOrder(journal)
      await journal.changeOrder(reference, { state: "paid" })
      const session = newSessionId()
      await requestFor(reference, session)
      const before = await journal.findOrder(reference)

      expect(await journal.attachOrder(reference, session)).toBeUndefined()
      expect(await journal.findOrder(reference)).toEqual(before)
    })

    it("is attached to no session that the shop's server did not ask it for", async () => {
      const { journal, listException } = subject()
      const [reference, other] = [await openedOrder(journal), await openedOrder(journal)]
      const session = newSessionId()
      await journal.changeOrder(reference, { state: "paid" })
      await listException(reference)
      await requestFor(other, session)

      expect(await journal.attachOrder(reference, session)).toBeUndefined()
      expect(await journal.attachOrder(reference, newSessionId())).toBeUndefined()
    })
  })

  describe("what the shop's server asks of a payment", () => {
    it("is one session's, however often it takes it, and of many at once only one gets it", async () => {
      const { journal, elsewhere } = subject()
      const { id, session, taken } = await requestFor("01JQ", newSessionId())
      expect(taken).toMatchObject({ purpose: "attach", reference: "01JQ", session_id: session.id })
      expect(await elsewhere.takePaymentRequest(id, session)).toEqual(taken)
      const another = { ...session, id: newSessionId() }
      expect(await elsewhere.takePaymentRequest(id, another)).toBeUndefined()

      const input = await journal.requestPayment({
        order_id: "order_1",
        payment_collection_id: "pay_col_many",
        provider_id: "pp_acme_acme",
        purpose: "link",
        reference: null,
      })
      const takers = await Promise.all(
        times(6, async (index) =>
          (index % 2 ? journal : elsewhere).takePaymentRequest(input.id, {
            ...input,
            id: newSessionId(),
          })
        )
      )
      expect(takers.filter((request) => request !== undefined)).toHaveLength(1)
    })

    it.each([
      ["another payment collection", { payment_collection_id: "pay_col_other" }],
      ["another provider", { provider_id: "pp_acme_other" }],
    ])("is nothing for a session of %s", async (_, change) => {
      const { journal } = subject()
      const request = await journal.requestPayment({
        order_id: "order_1",
        payment_collection_id: `pay_col_${newSessionId()}`,
        provider_id: "pp_acme_acme",
        purpose: "charge",
        reference: null,
      })
      const own = { ...request, id: newSessionId() }
      expect(await journal.takePaymentRequest(request.id, { ...own, ...change })).toBeUndefined()
      expect(await journal.takePaymentRequest("gwreq_none", own)).toBeUndefined()
      expect(await journal.takePaymentRequest(request.id, own)).toMatchObject({ id: request.id })
    })
  })
}
