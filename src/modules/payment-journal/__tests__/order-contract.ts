import {
  firstCheckMs,
  type GatewayOrderState,
  gatewayOrderStates,
  mostAnswers,
  mostCandidateIds,
} from "../gateway-order"
import type { PaymentJournal } from "../repositories/journal"
import {
  delicateAmounts,
  type JournalUnderTest,
  newOrder,
  newSessionId,
  notAmounts,
  openedOrder,
  times,
} from "./fixtures"

export function describeOrders(subject: () => JournalUnderTest): void {
  describe("orders", () => {
    it("knows nothing of a reference that nobody opened, and makes no row for it", async () => {
      const { journal } = subject()
      const { reference } = newOrder()

      expect(await journal.changeOrder(reference, { state: "paid" })).toBeUndefined()
      await journal.releaseSession(reference)

      expect(await journal.findOrder(reference)).toBeUndefined()
    })

    it("opens an order in the state opening, for every server to see", async () => {
      const { journal, elsewhere, clock } = subject()
      const input = newOrder({ customer_id: "cus_1" })

      const { order, isNew } = await journal.openOrder(input)

      expect(isNew).toBe(true)
      expect(order).toEqual({
        ...input,
        id: expect.stringMatching(/^gword_/),
        cart_id: null,
        state: "opening",
        raw_status: null,
        gateway_id: null,
        candidate_ids: [],
        answers: [],
        asked_at: null,
        details: null,
        expires_at: null,
        attached_session_id: null,
        session_released_at: null,
        next_check_at: new Date(clock.now().getTime() + firstCheckMs),
        checks: 0,
        created_at: clock.now(),
        updated_at: clock.now(),
      })
      expect(await elsewhere.findOrder(input.reference)).toEqual(order)
    })

    it("gives an order that is there already back as it stands", async () => {
      const { journal, elsewhere } = subject()
      const input = newOrder()
      await journal.openOrder(input)
      await journal.changeOrder(input.reference, { state: "paid", gateway_id: "G1" })

      const again = await elsewhere.openOrder({ ...input, amount: "5.00", customer_id: "cus_2" })

      expect(again.isNew).toBe(false)
      expect(again.order).toEqual(await journal.findOrder(input.reference))
      expect(again.order).toMatchObject({ state: "paid", amount: "111.99", customer_id: null })
    })

    it("keeps the gateway's last word until there is another", async () => {
      const { journal, elsewhere } = subject()
      const { reference } = (await journal.openOrder(newOrder())).order
      await journal.changeOrder(reference, { state: "open", raw_status: "WAITING" })
      await journal.changeOrder(reference, { state: "paid" })
      expect(await elsewhere.findOrder(reference)).toMatchObject({ raw_status: "WAITING" })
      await journal.changeOrder(reference, { state: "paid", raw_status: "SUCCESS" })
      expect(await elsewhere.findOrder(reference)).toMatchObject({ raw_status: "SUCCESS" })
    })

    it("finds several orders at once, and nothing for what nobody opened", async () => {
      const { journal, elsewhere } = subject()
      const [one, other, unopened] = [newOrder(), newOrder(), newOrder()]
      await journal.openOrder(one)
      await journal.openOrder(other)

      const found = await elsewhere.findOrders(
        [one, other, unopened].map(({ reference }) => reference)
      )

      expect(found.map(({ reference }) => reference).sort()).toEqual(
        [one.reference, other.reference].sort()
      )
      expect(await elsewhere.findOrders([])).toEqual([])
    })

    it("opens an order once when twenty ask at once on two servers", async () => {
      const { journal, elsewhere } = subject()
      const input = newOrder()

      const answers = await Promise.all(
        times(20, (index) => (index % 2 ? journal : elsewhere).openOrder(input))
      )

      expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
    })

    it.each(delicateAmounts)("keeps %s to the last digit", async (amount) => {
      const { journal } = subject()
      const input = newOrder({ amount, requested_amount: amount })
      await journal.openOrder(input)

      const found = await journal.findOrder(input.reference)

      expect(found).toMatchObject({ amount, requested_amount: amount })
    })

    it.each(notAmounts)('refuses "%s" as an amount and writes nothing', async (amount) => {
      const { journal } = subject()
      const input = newOrder()

      await expect(journal.openOrder({ ...input, amount })).rejects.toThrow("is not an amount")
      await expect(journal.openOrder({ ...input, requested_amount: amount })).rejects.toThrow(
        "is not an amount"
      )

      expect(await journal.findOrder(input.reference)).toBeUndefined()
    })

    it("takes the cart from the payment collection, where it has one", async () => {
      const { journal, linkCart } = subject()
      const session = newSessionId()
      await linkCart(`pay_col_${session}`, `cart_${session}`)

      const ofCart = await journal.openOrder(
        newOrder({ payment_collection_id: `pay_col_${session}` })
      )
      const ofNone = await journal.openOrder(newOrder({ payment_collection_id: "pay_col_loose" }))

      expect(ofCart.order.cart_id).toBe(`cart_${session}`)
      expect(ofNone.order.cart_id).toBeNull()
    })

    it("lists the 36 orders a session can have, the newest attempt first", async () => {
      const { journal } = subject()
      const session_id = newSessionId()
      await openedOrder(journal)
      for (const attempt of times(36, (index) => index)) {
        await journal.openOrder(newOrder({ session_id, attempt }))
      }

      const orders = await journal.ordersOfSession(session_id)

      expect(orders.map(({ reference }) => reference.slice(-1)).join("")).toBe(
        "ZYXWVUTSRQPONMLKJIHGFEDCBA9876543210"
      )
    })

    it("lists no orders for a session or a cart that is not known", async () => {
      const { journal } = subject()

      expect(await journal.ordersOfSession(newSessionId())).toEqual([])
      expect(await journal.bindingOrdersOfCart("cart_unknown")).toEqual([])
    })

    it("lists a cart's orders that hold money or can still be paid and were not released, newest first", async () => {
      const { journal, clock, linkCart } = subject()
      const session = newSessionId()
      const payment_collection_id = `pay_col_${session}`
      await linkCart(payment_collection_id, `cart_${session}`)
      const references = new Map<GatewayOrderState, string>()
      for (const state of gatewayOrderStates) {
        clock.advance(1_000)
        const reference = await openedOrder(journal, { payment_collection_id })
        await bringTo(journal, reference, state)
        references.set(state, reference)
      }
      const released = await openedOrder(journal, { payment_collection_id })
      await journal.releaseSession(released)

      const binding = await journal.bindingOrdersOfCart(`cart_${session}`)

      expect(binding.map(({ state }) => state)).toEqual([
        "failed",
        "paid",
        "authorized",
        "open",
        "opening",
      ])
      expect(binding[0]?.reference).toBe(references.get("failed"))
    })

    it("remembers when it was released first", async () => {
      const { journal, clock } = subject()
      const reference = await openedOrder(journal)
      const first = clock.now()
      await journal.releaseSession(reference)
      clock.advance(5_000)
      await journal.releaseSession(reference)

      expect((await journal.findOrder(reference))?.session_released_at).toEqual(first)
    })

    describe("changes", () => {
      it.each<[GatewayOrderState, GatewayOrderState[]]>([
        [
          "opening",
          [
            "open",
            "refused",
            "authorized",
            "paid",
            "failed",
            "expired",
            "canceled",
            "refunded",
            "chargeback",
          ],
        ],
        ["open", ["authorized", "paid", "failed", "expired", "canceled", "refunded", "chargeback"]],
        ["refused", ["opening", "open", "authorized", "paid"]],
        ["authorized", ["paid", "failed", "expired", "canceled", "refunded", "chargeback"]],
        ["paid", ["refunded", "chargeback"]],
        ["failed", ["authorized", "paid", "expired", "canceled", "refunded", "chargeback"]],
        ["expired", ["authorized", "paid", "canceled", "refunded", "chargeback"]],
        ["canceled", ["authorized", "paid", "refunded", "chargeback"]],
        ["refunded", ["chargeback"]],
        ["chargeback", []],
      ])("leaves %s for nothing else than %j", async (from, reachable) => {
        const { journal } = subject()
        const left: GatewayOrderState[] = []
        for (const to of gatewayOrderStates) {
          const reference = await openedOrder(journal)
          await bringTo(journal, reference, from)
          const after = await journal.changeOrder(reference, { state: to, gateway_id: "G1" })
          const hasMoved = after?.state === to
          expect(after).toMatchObject(
            hasMoved ? { gateway_id: "G1" } : { state: from, gateway_id: null }
          )
          if (hasMoved && to !== from) left.push(to)
        }
        expect(left).toEqual(reachable)
      })

      it("notes what comes with the state, keeps what is left out and clears what is null", async () => {
        const { journal, elsewhere, clock } = subject()
        const reference = await openedOrder(journal)
        const expires_at = new Date(clock.now().getTime() + 900_000)
        const details = { next_action: { type: "redirect", url: "https://pay.example/1?a=b" } }
        clock.advance(1_000)

        await journal.changeOrder(reference, {
          state: "open",
          gateway_id: "G1",
          details,
          expires_at,
        })
        const kept = await journal.changeOrder(reference, { state: "open", gateway_id: undefined })
        expect(kept).toMatchObject({
          gateway_id: "G1",
          details,
          expires_at,
          updated_at: clock.now(),
        })

        await journal.changeOrder(reference, { state: "open", details: null, expires_at: null })
        expect(await elsewhere.findOrder(reference)).toMatchObject({
          gateway_id: "G1",
          details: null,
          expires_at: null,
        })
      })

      it("ends paid whoever comes first when one brings paid and another failed at once", async () => {
        const { journal, elsewhere } = subject()
        const ended = await Promise.all(
          times(20, async (index) => {
            const reference = await openedOrder(journal)
            const news = [
              () => journal.changeOrder(reference, { state: "paid" }),
              () => elsewhere.changeOrder(reference, { state: "failed" }),
            ]
            await Promise.all((index % 2 ? news : news.reverse()).map((bring) => bring()))
            return (await journal.findOrder(reference))?.state
          })
        )
        expect(ended).toEqual(times(20, () => "paid"))
      })
    })
  })
}

async function bringTo(
  journal: PaymentJournal,
  reference: string,
  state: GatewayOrderState
): Promise<void> {
  if (state === "refunded" || state === "chargeback") {
    await journal.changeOrder(reference, { state: "paid" })
  }
  const reached = await journal.changeOrder(reference, { state })
  expect(reached?.state).toBe(state)
}

export function describeAsking(subject: () => JournalUnderTest): void {
  describe("asking about orders", () => {
    it("keeps what an order was opened with", async () => {
      const { journal, elsewhere } = subject()
      const details = { return_url: "https://shop.example/thanks" }
      const reference = await openedOrder(journal, { details })
      expect((await elsewhere.findOrder(reference))?.details).toEqual(details)
    })

    it("keeps each hint once, the newest first", async () => {
      const { journal, elsewhere } = subject()
      const reference = await openedOrder(journal)
      await journal.noteCandidateId(reference, "first")
      await elsewhere.noteCandidateId(reference, "second")
      await journal.noteCandidateId(reference, "first")
      expect((await journal.findOrder(reference))?.candidate_ids).toEqual(["second", "first"])
    })

    it("keeps no more hints than there is use for, whoever leaves them", async () => {
      const { journal } = subject()
      const reference = await openedOrder(journal)
      for (const hint of times(mostCandidateIds + 5, (index) => `hint, "${index}" {}`)) {
        await journal.noteCandidateId(reference, hint)
      }
      const candidateIds = (await journal.findOrder(reference))?.candidate_ids
      expect(candidateIds).toHaveLength(mostCandidateIds)
      expect(candidateIds?.[0]).toBe(`hint, "${mostCandidateIds + 4}" {}`)
    })

    it("makes no row for a hint about an order that nobody opened", async () => {
      const { journal } = subject()
      const { reference } = newOrder()
      await journal.noteCandidateId(reference, "stray")
      expect(await journal.findOrder(reference)).toBeUndefined()
    })

    it("keeps what the gateway answered, the same answer once with how often it came", async () => {
      const { journal, elsewhere, clock } = subject()
      const reference = await openedOrder(journal)
      const waiting = { state: "pending", raw_status: "PAYING" } as const
      await journal.noteAnswer(reference, waiting)
      const first = clock.now().toISOString()
      clock.advance(5_000)
      await elsewhere.noteAnswer(reference, waiting)
      const last = clock.now().toISOString()
      await journal.noteAnswer(reference, { state: "paid", raw_status: null })
      expect((await journal.findOrder(reference))?.answers).toEqual([
        { ...waiting, first_at: first, last_at: last, times: 2 },
        { state: "paid", raw_status: null, first_at: last, last_at: last, times: 1 },
      ])
    })

    it("notes an answer with the change that follows from it, and by itself where that is no change any more", async () => {
      const { journal, elsewhere } = subject()
      const reference = await openedOrder(journal)
      const paid = { state: "paid", raw_status: "SUCCESS" } as const
      const told = await journal.changeOrder(reference, { ...paid, answer: paid })
      expect(told).toMatchObject({ ...paid, answers: [{ ...paid, times: 1 }] })
      const late = { state: "failed", raw_status: "FAILED" } as const
      const kept = await elsewhere.changeOrder(reference, { ...late, answer: late })
      expect(kept).toMatchObject({ ...paid, answers: [paid, late] })
      expect(await journal.findOrder(reference)).toEqual(kept)
    })

    it("keeps no more answers than are read, and loses none of two that come at once", async () => {
      const { journal, elsewhere } = subject()
      const reference = await openedOrder(journal)
      for (const number of times(mostAnswers, (index) => index)) {
        await journal.noteAnswer(reference, { state: "pending", raw_status: `W${number}` })
      }
      await Promise.all([
        journal.noteAnswer(reference, { state: "pending", raw_status: "one" }),
        elsewhere.noteAnswer(reference, { state: "pending", raw_status: "other" }),
      ])
      const answers = (await journal.findOrder(reference))?.answers.map((row) => row.raw_status)
      expect(answers).toHaveLength(mostAnswers)
      expect(answers?.slice(-2).sort()).toEqual(["one", "other"])
    })

    it("lets one of all who wait ask, and the next only after a while", async () => {
      const { journal, elsewhere, clock } = subject()
      const reference = await openedOrder(journal)
      const all = await Promise.all(
        times(10, (index) => (index % 2 ? journal : elsewhere).mayAsk(reference, 2_000))
      )
      expect(all.filter((may) => may)).toHaveLength(1)
      clock.advance(1_999)
      expect(await journal.mayAsk(reference, 2_000)).toBe(false)
      clock.advance(1)
      expect(await elsewhere.mayAsk(reference, 2_000)).toBe(true)
    })

    it("gives what the shop's orders wait for to one, once in the interval, when its time is over", async () => {
      const { journal, elsewhere, clock } = subject()
      const providerIds = [newOrder().provider_id]
      const claim = { providerIds, graceMs: 1_000, intervalMs: 60_000, limit: 10 }
      const claimed = async (from = journal) =>
        (await from.claimOverdueOrders(claim)).map(({ reference }) => reference)
      const expires_at = new Date(clock.now().getTime() + 1_000)
      const [reference, paidFirst] = [await openedOrder(journal), await openedOrder(journal)]
      for (const one of [reference, paidFirst]) {
        await journal.changeOrder(one, { state: "open", expires_at })
      }
      await journal.noteAwaitingPayment(reference)
      clock.advance(2_000)
      expect(await claimed()).toEqual([])
      clock.advance(1)
      const both = await Promise.all([claimed(), claimed(elsewhere)])
      expect(both.flat()).toEqual([reference])
      clock.advance(60_000 - 1)
      expect(await claimed()).toEqual([])
      clock.advance(1)
      expect(await claimed(elsewhere)).toEqual([reference])
      await journal.endAwaitingPayment(reference)
      clock.advance(60_000)
      expect(await claimed()).toEqual([])
    })

    it("lets nobody ask about an order that nobody opened", async () => {
      const { journal } = subject()
      expect(await journal.mayAsk(newOrder().reference, 2_000)).toBe(false)
    })
  })
}
