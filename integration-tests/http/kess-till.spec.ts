import { startKessSandbox, type KessSandbox } from "../sandbox/kess"
import { makeDue, reconcile } from "./support/reconciliation"
import { describeShop, eventually } from "./support/shop"

jest.setTimeout(300_000)

const provider = "pp_kess_till"
const quickPay = "/quick-pay"

let sandbox: KessSandbox

describeShop(
  "a till that scans the shopper's code",
  {
    markets: [
      {
        country: "kh",
        currency: "usd",
        tax: 0,
        prices: { whole: 10, odd: 5 },
        providers: [provider],
      },
    ],
    start: async () => {
      sandbox = await startKessSandbox({})
      const { user: username, password, storeId } = sandbox.credentials
      const options = {
        baseUrl: sandbox.url,
        username,
        password,
        storeId,
        serviceId: 30,
        mode: "quick",
        currency: "usd",
        timeoutMs: 2_000,
      }
      return [{ gateway: "kess", id: "till", options }]
    },
    stop: async () => await sandbox.close(),
  },
  (shop) => {
    let codes = 0

    beforeEach(() => {
      sandbox.faults.clear()
      sandbox.calls.clear()
      sandbox.set({ onScan: "pays", pinMs: 0, holdMs: 45_000 })
    })

    it("asks for a code where none was scanned, and charges nobody", async () => {
      const { session } = await shop.shopper().checkOut(provider)
      expect(session.data.next_action).toEqual({ type: "shopper_code" })
      expect(sandbox.calls.count(quickPay)).toBe(0)
    })

    it("charges the code when the cart is completed, and not before", async () => {
      const { cartId, session } = await scan()
      expect(session.data).toMatchObject({ next_action: { type: "none" }, auth_code: null })
      expect(sandbox.calls.count(quickPay)).toBe(0)
      const { data } = await shop.shopper().complete(cartId)
      expect(data.type).toBe("order")
      await expectOnePayment(cartId, session.data.reference)
    })

    it("charges it once although the till completes the cart many times at once", async () => {
      const { cartId, session } = await scan()
      await Promise.all(
        Array.from({ length: 5 }, async () => await shop.shopper().complete(cartId))
      )
      await shop.shopper().complete(cartId)
      await expectOnePayment(cartId, session.data.reference)
    })

    it("charges it once when the answer is lost after the shopper paid", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: quickPay })
      const { cartId, session } = await scan()
      const { data } = await shop.shopper().complete(cartId)
      expect(data.type).toBe("order")
      await expectOnePayment(cartId, session.data.reference)
    })

    it("stays pending, and is found by asking, when the shopper enters the PIN late", async () => {
      sandbox.set({ onScan: "pays", pinMs: 17_000, holdMs: 10 })
      const { cartId, session } = await scan()
      const answer = await shop.shopper().complete(cartId)
      expect(answer.data.type).not.toBe("order")
      const state = await eventually(
        async () => {
          const { data } = await shop
            .shopper()
            .post(`/store/payment-sessions/${session.id}/refresh`, {})
          return data.payment_session.state
        },
        (told) => told === "paid"
      )
      expect(state).toBe("paid")
      await expectOnePayment(cartId, session.data.reference)
    })

    it.each(["12345678901234567", "4111111111111111", "not a code"])(
      "refuses what is no code of a wallet's: %s",
      async (auth_code) => {
        const shopper = shop.shopper()
        const collectionId = await shopper.collectionOf(await shopper.fillCart())
        const answer = await shopper.choosePayment(collectionId, provider, { auth_code })
        expect(answer.status).toBe(400)
        expect(sandbox.calls.count(quickPay)).toBe(0)
        const { rows } = await shop.database.raw(
          "select count(*) as hits from payment_session where data::text like ?",
          [`%${auth_code}%`]
        )
        expect(Number(rows[0].hits)).toBe(0)
      }
    )

    it("that nobody paid at is no error, however often it is asked about", async () => {
      sandbox.set({ unpaidCheck: "failure" })
      const { session } = await shop.shopper().checkOut(provider)
      for (let count = 0; count < 3; count += 1) {
        await makeDue(shop)
        expect(await reconcile(shop)).toMatchObject({ errors: 0, given_up: 0 })
      }
      expect(await feedAbout(session.data.reference)).toEqual([])
    })

    it("whose password KESS does not take is told of once, whatever number of payments waits", async () => {
      await shop.shopper().checkOut(provider)
      await shop.shopper().checkOut(provider)
      sandbox.faults.add({
        kind: "http-error",
        status: 403,
        path: "/check-payment-status",
        times: "forever",
      })
      await makeDue(shop)
      expect((await reconcile(shop)).errors).toBeGreaterThanOrEqual(2)
      await makeDue(shop)
      await reconcile(shop)
      const told = await feedAbout(provider)
      expect(told).toHaveLength(1)
      expect(told[0].data.title).toBe("A gateway does not accept the shop's credentials")
    })

    const feedAbout = async (text: string) =>
      await shop
        .database("notification")
        .where("channel", "feed")
        .whereRaw("data::text like ?", [`%${text}%`])

    /** A new code for each: a wallet shows another one every minute. */
    async function scan() {
      codes += 1
      const auth_code = `13456789012345${String(codes).padStart(4, "0")}`
      return await shop.shopper().checkOut(provider, undefined, { auth_code })
    }

    async function expectOnePayment(cartId: string, reference: string) {
      await shop.afterWorkflows()
      const [orderId, ...others] = await shop.ordersOfCart(cartId)
      expect(others).toEqual([])
      const order = await shop.adminOrder(orderId!)
      expect(order.summary.pending_difference).toBe(0)
      expect(sandbox.ledger.entries({ kind: "payment", reference })).toHaveLength(1)
      expect(sandbox.calls.count(quickPay)).toBe(1)
      const [row] = await shop.database("gateway_order").where({ reference })
      expect(JSON.stringify(row)).not.toMatch(/13456789012345/)
    }
  }
)
