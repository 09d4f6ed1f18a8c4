import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { philippines } from "./seed-store"
import { type AdminOrder, describeShop, type ProviderEntry, type Shop } from "./shop"

export { eventually, type AdminOrder } from "./shop"

export const mocasaProvider = "pp_mocasa_mocasa"

export const mocasaMarket = philippines([mocasaProvider, "pp_system_default"])

export type MocasaStore = Shop & {
  sandbox: MocasaSandbox
  /** Resolves when no webhook is under way, at Mocasa or in Medusa. */
  afterWebhooks(): Promise<void>
}

/** A real Medusa with a real PostgreSQL that sells through the Mocasa sandbox. */
export function describeMocasaStore(name: string, declare: (store: MocasaStore) => void): void {
  let sandbox: MocasaSandbox
  const plan = {
    markets: [mocasaMarket],
    start: async () => {
      sandbox = await startMocasaSandbox({ webhookRetryDelayMs: 50 })
      return [mocasaEntry(sandbox)]
    },
    stop: async () => await sandbox.close(),
  }
  describeShop(name, plan, (shop) => declare(mocasaStore(shop, () => sandbox)))
}

/** Mocasa's payments in a shop's config, also for a server that a spec starts beside this one. */
export function mocasaEntry({ url, credentials }: MocasaSandbox): ProviderEntry {
  const { clientKey, clientSecret } = credentials
  Object.assign(process.env, {
    MOCASA_URL: url,
    MOCASA_CLIENT_KEY: clientKey,
    MOCASA_CLIENT_SECRET: clientSecret,
  })
  const options = {
    baseUrl: url,
    clientKey,
    clientSecret,
    returnUrl: "http://localhost/checkout/return",
    allowedReturnOrigins: ["http://localhost"],
    timeoutMs: 2_000,
  }
  return { gateway: "mocasa", id: "mocasa", options }
}

/** The shop with its sandbox, which is before each test as it is after its start. */
export function mocasaStore(shop: Shop, sandbox: () => MocasaSandbox): MocasaStore {
  beforeEach(() => {
    sandbox().faults.clear()
    sandbox().calls.clear()
    sandbox().set({
      webhookUrl: `${shop.api.defaults.baseURL}/hooks/payment/mocasa_mocasa`,
      webhooksOn: true,
      webhookCopies: 1,
      webhookAmount: null,
      forgeWebhooks: false,
      refundStatus: "success",
    })
  })

  afterEach(async () => {
    await sandbox().webhooks.settled()
  })

  return Object.create(shop, {
    sandbox: { get: sandbox },
    afterWebhooks: {
      value: async () => {
        await sandbox().webhooks.settled()
        await shop.afterWorkflows()
      },
    },
  })
}

/** The order of a shopper who paid and came back, with Medusa's payment of it. */
export async function paidOrder(shop: MocasaStore, variantId?: string) {
  const shopper = shop.shopper()
  const { cartId, session } = await shopper.checkOut(mocasaProvider, variantId)
  const { reference } = session.data
  shop.sandbox.pay(reference)
  const completed = await shopper.complete(cartId)
  const order: AdminOrder = await shop.adminOrder(completed.data.order.id)
  return { order, payment: order.payment_collections[0]!.payments[0]!, reference }
}
