import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, PaymentActions } from "@medusajs/framework/utils"
import { processPaymentWorkflow } from "@medusajs/medusa/core-flows"
import { startRelay } from "../http/support/relay"
import { suite } from "../http/support/shop"
import {
  checkOutThrough,
  mainGateways,
  type GatewayShop,
  type SellingThrough,
} from "../http/support/gateway-shop"

/** What was deleted with its cart, or never was. */
const goneSession = "payses_01ARZ3NDEKTSV4RRFFQ69G5FAV"
const goneReference = "01ARZ3NDEKTSV4RRFFQ69G5FAV0"

/** What the shop has answered to webhooks since the test began. */
const answers: { path: string; status: number }[] = []
export const startListening = async () =>
  await startRelay((path, status) => void answers.push({ path, status }))

export const forgedWebhooks = suite<GatewayShop>("a webhook that lies", (shop) => {
  const through = mainGateways(shop.through).filter(
    ({ gateway }) => gateway.capabilities.webhooks !== "none"
  )

  beforeEach(async () => await shop.keepOrRestore())

  beforeEach(() => {
    answers.length = 0
  })

  describe.each(through)("to $name", (selling) => {
    const { gateway, country, providerId } = selling
    const sandbox = () => selling.sandbox

    // Also switches them on again, where a gateway stops to notify a shop that refuses what it sends.
    const honestWebhooks = () => sandbox().setWebhooks({ forged: false, copies: 1 })
    beforeEach(honestWebhooks)
    afterEach(honestWebhooks)

    it("about a stranger's session that was not paid makes no order, however it is signed", async () => {
      const stranger = await paysOurWay()
      const before = await rows()
      sandbox().claimPaid(stranger.reference, moneyOf("100"))
      await afterNews()
      expect(await rows()).toEqual(before)
      expect(await events()).toHaveLength(1)
      expect(await shop.ordersOfCart(stranger.cartId)).toEqual([])
      expect(await payments()).toEqual([])
    })

    it("about twice the amount makes no order of what was not paid", async () => {
      const stranger = await paysOurWay()
      const before = await rows()
      sandbox().claimPaid(stranger.reference, moneyOf("200"))
      await afterNews()
      expect(await rows()).toEqual(before)
      expect(await events()).toHaveLength(1)
      expect(await shop.ordersOfCart(stranger.cartId)).toEqual([])
      expect(await payments()).toEqual([])
    })

    it("about one's own session with the payment of another's makes no second order", async () => {
      const payer = await paysOurWay()
      const liar = await paysOurWay()
      sandbox().pay(payer.reference)
      await shop.orderOfCart(payer.cartId)
      sandbox().claimPaid(liar.reference, moneyOf("100"), payer.reference)
      await afterNews()
      expect(await shop.ordersOfCart(liar.cartId)).toEqual([])
      expect(await shop.ordersOfCart(payer.cartId)).toHaveLength(1)
    })

    it.each([
      ["a session that is gone", goneReference],
      ["no session", ""],
      ["another system's order", "ORD1001"],
    ])("about %s completes nobody's cart", async (_what, reference) => {
      const manual = await paysByHand(country)
      const ours = await paysOurWay()
      const before = await rows()
      sandbox().claimPaid(reference, moneyOf("100"))
      await afterNews()
      expect(await rows()).toEqual(before)
      expect(await shop.ordersOfCart(manual)).toEqual([])
      expect(await shop.ordersOfCart(ours.cartId)).toEqual([])
      expect(await payments()).toEqual([])
    })

    if (gateway.capabilities.webhooks === "signed") {
      it("about a stranger's session that was paid is refused, asks nothing and makes no order", async () => {
        const stranger = await paysOurWay()
        const asked = sandbox().calls("query")
        const warned = jest.spyOn(logger(), "warn")
        const before = { ...(await rows()), orders: await orders() }
        sandbox().setWebhooks({ forged: true })
        sandbox().pay(stranger.reference)
        await afterNews()
        expect(answers.length).toBeGreaterThan(0)
        expect(answers.filter(({ status }) => status !== 401)).toEqual([])
        expect({ ...(await rows()), orders: await orders() }).toEqual(before)
        expect(await shop.ordersOfCart(stranger.cartId)).toEqual([])
        expect(await events()).toEqual([])
        expect(warned.mock.calls.join("\n")).toContain("without a valid signature was refused")
        expect(sandbox().calls("query")).toBe(asked)
      })
    }

    /** Nothing else than the webhook may find out about a payment. */
    async function paysOurWay() {
      const checkout = await checkOutThrough(shop.shopper(undefined, country), selling)
      await shop
        .database("gateway_order")
        .where({ reference: checkout.reference, provider_id: providerId })
        .update({ next_check_at: null })
      return checkout
    }

    async function afterNews(): Promise<void> {
      await sandbox().webhooksSettled()
      await shop.afterWorkflows()
    }

    function moneyOf(amount: string): string {
      const decimals = Object.values(gateway.currencies)[0] ?? 0
      return Number(amount).toFixed(decimals)
    }
  })

  describe("and Medusa's own processPaymentWorkflow, without the guard", () => {
    const [selling] = through

    it.each([PaymentActions.AUTHORIZED, PaymentActions.SUCCESSFUL])(
      "bails out since 2.21 when no session is named, and completes nobody's cart (%s)",
      async (action) => {
        const stranger = await paysByHand(first(selling).country)
        await processPaymentWorkflow(shop.container).run({ input: { action } })
        await shop.afterWorkflows()
        expect(await shop.ordersOfCart(stranger)).toEqual([])
      }
    )

    it("completes a stranger's cart when the session that is named is gone", async () => {
      const stranger = await paysByHand(first(selling).country)
      await processPaymentWorkflow(shop.container).run({
        input: {
          action: PaymentActions.AUTHORIZED,
          data: { session_id: goneSession, amount: 100 },
        },
      })
      await shop.afterWorkflows()
      expect(await shop.ordersOfCart(stranger)).toHaveLength(1)
    })
  })

  /** The easiest victim: whoever completes this cart makes an order of it. */
  async function paysByHand(country: string): Promise<string> {
    const { cartId } = await shop.shopper(undefined, country).checkOut("pp_system_default")
    return cartId
  }

  const logger = (): Logger => shop.container.resolve(ContainerRegistrationKeys.LOGGER)
  const events = async () => await shop.database("webhook_event")
  const payments = async () => await shop.database("payment")
  const orders = async () => await shop.database("gateway_order").orderBy("id")

  /** Whole: a lie must not leave so much as another time of change. */
  async function rows() {
    return {
      carts: await shop.database("cart").orderBy("id"),
      collections: await shop.database("payment_collection").orderBy("id"),
      sessions: await shop.database("payment_session").orderBy("id"),
    }
  }
})

function first(selling: SellingThrough | undefined): SellingThrough {
  if (!selling) {
    throw new Error("No gateway has webhooks")
  }
  return selling
}
