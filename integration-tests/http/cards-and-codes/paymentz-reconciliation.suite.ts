import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  holdingQuietly as holding,
  takingQuietly as taking,
  type CardsAndCodesShop,
} from "../support/cards-and-codes-shop"
import { feedAbout as itemsAbout } from "../support/feed"
import { makeChargebacksDue, makeDue, reconcile } from "../support/reconciliation"
import { eventually, suite } from "../support/shop"
import type { CheckoutSession } from "../support/shopper"

const listPath = "/transactionServices/REST/v1/getTransactionList"
const voidPath = "/transactionServices/REST/v1/payments/:id#RV"
const dayMs = 24 * 60 * 60_000

/** Nothing is told: whatever happens to a payment is found by looking. */
export const paymentzReconciliation = suite<CardsAndCodesShop>(
  "a shop that takes cards and hears of nothing",
  (shop) => {
    beforeEach(() => {
      shop.quietCards.faults.clear()
    })

    describe("finds chargebacks in the list of payments", () => {
      it("asks about those alone, tells of each once, and counts them", async () => {
        const told = chargebacksTold()
        const references = [await paid(taking), await paid(taking), await paid(taking)]
        const [first] = references
        shop.quietCards.chargeback(first!)
        await allDue()
        shop.quietCards.calls.clear()

        expect(await reconcile(shop)).toMatchObject({ checked: 1, chargebacks: 1, errors: 0 })

        const isOurs = (reference = "") => references.includes(reference)
        expect(inquiries().filter(isOurs)).toEqual([first])
        expect(await stateOf(first!)).toBe("chargeback")
        await allDue()
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 0, errors: 0 })
        expect(told().filter(isOurs)).toEqual([first])
      })

      it("looks once a day, however many instances there are", async () => {
        await paid(taking)
        await allDue()
        shop.quietCards.calls.clear()
        await reconcile(shop, 3)
        const pages = shop.quietCards.calls.count(listPath)
        expect(pages).toBe(10) // five parts of thirty days, for each of two providers
        await reconcile(shop)
        expect(shop.quietCards.calls.count(listPath)).toBe(pages)
        const [{ next_at }] = await cursors().where({ provider_id: taking })
        expect(next_at.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000)
      })

      it("goes on where it was when the list could not be read, and counts the failure", async () => {
        const reference = await paid(taking)
        shop.quietCards.chargeback(reference)
        await allDue()
        shop.quietCards.faults.add({ kind: "http-error", path: listPath, times: "forever" })
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 0, errors: 2 })
        // With the day before, because midnight can pass after the payment.
        const lastPart = { day: dayFromNow(-1), last_day: dayFromNow(1), page: 1 }
        await cursors().where({ provider_id: taking }).update({ place: lastPart })

        shop.quietCards.faults.clear()
        await allDue()
        shop.quietCards.calls.clear()
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 1, errors: 0 })
        expect(shop.quietCards.calls.count(listPath)).toBe(1 + 5)
      })

      it("believes the payment and not the list, and tells a person where they differ", async () => {
        const reference = await paid(taking)
        shop.quietCards.chargeback(reference)
        shop.quietCards.say(reference, "settled")
        const warned = jest.spyOn(shop.container.resolve(ContainerRegistrationKeys.LOGGER), "warn")
        await allDue()
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 0, errors: 0 })
        expect(await stateOf(reference)).toBe("paid")
        expect(warned.mock.calls.flat().filter((line) => String(line).includes(reference))).toEqual(
          [expect.stringContaining("the list of payments says")]
        )
        expect(await feedAbout(reference)).toHaveLength(1)
      })
    })

    describe("tells of a reservation that is about to lapse", () => {
      it("once, five days after it was opened, with its order", async () => {
        const reference = await paid(holding)
        const { next_check_at, created_at } = await orderRow(reference)
        expect(next_check_at.getTime() - created_at.getTime()).toBe(5 * dayMs)
        await makeDue(shop)
        await reconcile(shop)
        expect(await feedAbout(reference)).toEqual([])

        await aged(reference, 5)
        await makeDue(shop)
        await reconcile(shop)
        await makeDue(shop)
        await reconcile(shop)
        const [item, ...others] = await feedAbout(reference)
        expect(others).toEqual([])
        expect(item?.data).toMatchObject({
          description: expect.stringMatching(/100.00 EUR .*\(order order_.*reserved for 5 days/),
        })
      })

      it("and not of one that was captured", async () => {
        const reference = await paid(holding)
        const { session_id } = await orderRow(reference)
        const payment = await shop
          .database("payment")
          .where({ payment_session_id: session_id })
          .first()
        expect((await shop.admin.post(`/admin/payments/${payment.id}/capture`, {})).status).toBe(
          200
        )
        await aged(reference, 6)
        await makeDue(shop)
        await reconcile(shop)
        expect(await feedAbout(reference)).toEqual([])
      })
    })

    describe("gives a reservation back that can pay for nothing any more", () => {
      it.each(["is changed", "is paid by another"])(
        "where the cart that it was made for %s",
        async (what) => {
          const shopper = shop.shopper()
          const { cartId, collectionId, session } = await shopper.checkOut(holding)
          await opened(session)
          if (what === "is changed") {
            const item = { variant_id: shop.store.variants.odd, quantity: 1 }
            await shopper.post(`/store/carts/${cartId}/line-items`, item)
          } else {
            const { data } = await shopper.choosePayment(collectionId, taking)
            const [next] = data.payment_collection.payment_sessions
            await opened(next)
            shop.quietCards.pay(next.data.reference)
            await dueAndReconciled()
            expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
          }
          const { reference } = session.data
          shop.quietCards.pay(reference) // in the tab that was left open
          await dueAndReconciled()
          expect(await stateOf(reference)).toBe("canceled")
          await dueAndReconciled()
          const moves = shop.quietCards.ledger.entries({ reference })
          expect(moves.map(({ kind }) => kind)).toEqual(["authorization", "void"])
        }
      )

      it("asks about one whose answer was lost before it is given back again", async () => {
        const shopper = shop.shopper()
        const { cartId, session } = await shopper.checkOut(holding)
        await opened(session)
        const item = { variant_id: shop.store.variants.odd, quantity: 1 }
        await shopper.post(`/store/carts/${cartId}/line-items`, item)
        const { reference } = session.data
        shop.quietCards.pay(reference)
        shop.quietCards.faults.add({ kind: "answer-lost", path: voidPath })
        for (let runs = 0; runs < 3; runs += 1) {
          await dueAndReconciled()
        }
        expect(await stateOf(reference)).toBe("canceled")
        const moves = shop.quietCards.ledger.entries({ reference })
        expect(moves.map(({ kind }) => kind)).toEqual(["authorization", "void"])
      })

      it("and none that its cart can still be paid with", async () => {
        const { session } = await shop.shopper().checkOut(holding)
        await opened(session)
        const { reference } = session.data
        shop.quietCards.pay(reference)
        await dueAndReconciled()
        await dueAndReconciled()
        expect(await stateOf(reference)).toBe("authorized")
      })
    })

    describe("told of a second payment under one reference", () => {
      it("lists it as paid twice, and gives back exactly that one", async () => {
        const reference = await paid(taking)
        const first = shop.quietCards.payments.best(reference)
        const callbackUrl = `${shop.api.defaults.baseURL}/hooks/payment/paymentz_quietly_taking`
        shop.quietCards.set({ callbacksOn: true, callbackUrl })
        const second = shop.quietCards.payAgain(reference)
        const [found] = await eventually(
          async () =>
            await shop.database("payment_exception").whereLike("reference", `${reference}%`),
          (rows) => rows.length > 0
        )
        shop.quietCards.set({ callbacksOn: false, callbackUrl: null })
        expect(found).toMatchObject({
          kind: "paid_twice",
          state: "open",
          gateway_id: second.paymentId,
          currency_code: "eur",
        })
        expect(Number(found.amount)).toBe(100)

        const refund = `/admin/gateway-payments/exceptions/${found.id}/refund`
        expect((await shop.admin.post(refund, {})).status).toBe(200)
        expect(shop.quietCards.payments.get(second.paymentId)?.refund).toMatchObject({
          amount: "100.00",
        })
        expect(shop.quietCards.payments.get(String(first?.paymentId))?.refund).toBeNull()
        expect(await stateOf(reference)).toBe("paid")
      })
    })

    async function allDue(): Promise<void> {
      await makeDue(shop)
      await makeChargebacksDue(shop)
    }

    async function dueAndReconciled(): Promise<void> {
      await makeDue(shop)
      await reconcile(shop)
    }

    async function opened({ data }: CheckoutSession): Promise<void> {
      const { url = "", fields } = data.next_action
      await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
    }

    async function paid(provider: string): Promise<string> {
      const { cartId, session } = await shop.shopper().checkOut(provider)
      await opened(session)
      const { reference } = session.data
      shop.quietCards.pay(reference)
      await makeDue(shop)
      await reconcile(shop)
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
      return reference
    }

    function chargebacksTold(): () => string[] {
      const told: string[] = []
      shop.container
        .resolve(Modules.EVENT_BUS)
        .subscribe("payment.chargeback", async ({ data }: { data: unknown }) => {
          told.push(Reflect.get(Object(data), "reference"))
        })
      return () => told
    }

    /** The references of the payments that were inquired about. */
    function inquiries(): (string | undefined)[] {
      return shop.quietCards.calls
        .list()
        .filter(({ path }) => path.includes("/payments/"))
        .map(
          ({ path }) =>
            shop.quietCards.payments.get(path.split("/").at(-1) ?? "")?.merchantTransactionId
        )
    }

    const cursors = () => shop.database("gateway_cursor").where({ list: "chargebacks" })
    const orderRow = async (reference: string) =>
      await shop.database("gateway_order").where({ reference }).first()
    const stateOf = async (reference: string) => (await orderRow(reference)).state
    const feedAbout = async (reference: string) => await itemsAbout(shop, reference)

    async function aged(reference: string, days: number): Promise<void> {
      await shop
        .database("gateway_order")
        .where({ reference })
        .update({ created_at: dateFromNow(-days) })
    }
  }
)

function dateFromNow(days: number): Date {
  return new Date(Date.now() + days * dayMs)
}

function dayFromNow(days: number): string {
  return dateFromNow(days).toISOString().slice(0, 10)
}
