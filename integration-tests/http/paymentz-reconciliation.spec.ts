import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { startPaymentzSandbox, type PaymentzSandbox } from "../sandbox/paymentz"
import { makeDue, reconcile } from "./support/reconciliation"
import { describeShop, eventually, type Shop } from "./support/shop"

jest.setTimeout(300_000)

const taking = "pp_paymentz_taking"
const holding = "pp_paymentz_holding"
const listPath = "/transactionServices/REST/v1/getTransactionList"
const dayMs = 24 * 60 * 60_000

let sandbox: PaymentzSandbox

/** Nothing is told: whatever happens to a payment is found by looking. */
describeShop(
  "a shop that takes cards and hears of nothing",
  {
    markets: [
      {
        country: "hr",
        currency: "eur",
        tax: 0,
        prices: { whole: 100, odd: 50 },
        providers: [taking, holding],
      },
    ],
    start: async () => {
      sandbox = await startPaymentzSandbox({ callbacksOn: false })
      return ["taking", "holding"].map((id) => ({
        gateway: "paymentz",
        id,
        options: {
          baseUrl: sandbox.url,
          ...sandbox.credentials,
          capture: id === "holding" ? "manual" : "automatic",
          returnUrl: `http://localhost/payments/paymentz_${id}/return`,
          notificationUrl: `http://localhost/hooks/payment/paymentz_${id}`,
        },
      }))
    },
    stop: async () => await sandbox.close(),
  },
  (shop) => {
    beforeEach(() => {
      sandbox.faults.clear()
    })

    describe("finds chargebacks in the list of payments", () => {
      it("asks about those alone, tells of each once, and counts them", async () => {
        const told = chargebacksTold()
        const references = [await paid(taking), await paid(taking), await paid(taking)]
        const [first] = references
        sandbox.chargeback(first!)
        await makeDue(shop)
        sandbox.calls.clear()

        expect(await reconcile(shop)).toMatchObject({ checked: 1, chargebacks: 1, errors: 0 })

        expect(inquiries()).toEqual([first])
        expect(await stateOf(first!)).toBe("chargeback")
        await makeDue(shop)
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 0, errors: 0 })
        expect(told()).toEqual([first])
      })

      it("looks once a day, however many instances there are", async () => {
        await paid(taking)
        await makeDue(shop)
        sandbox.calls.clear()
        await reconcile(shop, 3)
        const pages = sandbox.calls.count(listPath)
        expect(pages).toBe(10) // five parts of thirty days, for each of two providers
        await reconcile(shop)
        expect(sandbox.calls.count(listPath)).toBe(pages)
        const [{ next_at }] = await cursors().where({ provider_id: taking })
        expect(next_at.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000)
      })

      it("goes on where it was when the list could not be read, and counts the failure", async () => {
        const reference = await paid(taking)
        sandbox.chargeback(reference)
        await makeDue(shop)
        sandbox.faults.add({ kind: "http-error", path: listPath, times: "forever" })
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 0, errors: 2 })
        const lastPart = { day: dayFromNow(0), last_day: dayFromNow(1), page: 1 }
        await cursors().where({ provider_id: taking }).update({ place: lastPart })

        sandbox.faults.clear()
        await makeDue(shop)
        sandbox.calls.clear()
        expect(await reconcile(shop)).toMatchObject({ chargebacks: 1, errors: 0 })
        expect(sandbox.calls.count(listPath)).toBe(1 + 5)
      })

      it("believes the payment and not the list, and tells a person where they differ", async () => {
        const reference = await paid(taking)
        sandbox.chargeback(reference)
        sandbox.say(reference, "settled")
        const warned = jest.spyOn(shop.container.resolve(ContainerRegistrationKeys.LOGGER), "warn")
        await makeDue(shop)
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

    describe("told of a second payment under one reference", () => {
      it("lists it as paid twice, and gives back exactly that one", async () => {
        const reference = await paid(taking)
        const first = sandbox.payments.best(reference)
        const callbackUrl = `${shop.api.defaults.baseURL}/hooks/payment/paymentz_taking`
        sandbox.set({ callbacksOn: true, callbackUrl })
        const second = sandbox.payAgain(reference)
        const [found] = await eventually(
          async () =>
            await shop.database("unmatched_payment").whereLike("reference", `${reference}%`),
          (rows) => rows.length > 0
        )
        sandbox.set({ callbacksOn: false, callbackUrl: null })
        expect(found).toMatchObject({
          kind: "paid_twice",
          state: "open",
          gateway_id: second.paymentId,
          currency_code: "eur",
        })
        expect(Number(found.amount)).toBe(100)

        const refund = `/admin/gateway-payments/unmatched/${found.id}/refund`
        expect((await shop.admin.post(refund, {})).status).toBe(200)
        expect(sandbox.payments.get(second.paymentId)?.refund).toMatchObject({ amount: "100.00" })
        expect(sandbox.payments.get(String(first?.paymentId))?.refund).toBeNull()
        expect(await stateOf(reference)).toBe("paid")
      })
    })

    async function paid(provider: string): Promise<string> {
      const { cartId, session } = await shop.shopper().checkOut(provider)
      const { url = "", fields } = session.data.next_action
      await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
      const { reference } = session.data
      sandbox.pay(reference)
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
      return sandbox.calls
        .list()
        .filter(({ path }) => path.includes("/payments/"))
        .map(
          ({ path }) => sandbox.payments.get(path.split("/").at(-1) ?? "")?.merchantTransactionId
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

async function itemsAbout({ container }: Shop, text: string) {
  const items = await container.resolve(Modules.NOTIFICATION).listNotifications({})
  return items.filter(({ data }) => JSON.stringify(data).includes(text))
}

function dateFromNow(days: number): Date {
  return new Date(Date.now() + days * dayMs)
}

function dayFromNow(days: number): string {
  return dateFromNow(days).toISOString().slice(0, 10)
}
