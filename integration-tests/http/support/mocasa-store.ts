import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { philippines } from "./seed-store"
import { describeShop, type Shop } from "./shop"

export { eventually, type AdminOrder } from "./shop"

export const mocasaProvider = "pp_mocasa_mocasa"

export type MocasaStore = Shop & {
  sandbox: MocasaSandbox
  /** Resolves when no webhook is under way, at Mocasa or in Medusa. */
  afterWebhooks(): Promise<void>
}

/** A real Medusa with a real PostgreSQL that sells through the Mocasa sandbox. */
export function describeMocasaStore(name: string, suite: (store: MocasaStore) => void): void {
  let sandbox: MocasaSandbox
  let storeUrl = ""

  const plan = {
    markets: [philippines([mocasaProvider, "pp_system_default"])],
    start: async () => {
      sandbox = await startMocasaSandbox({ webhookRetryDelayMs: 50 })
      const { clientKey, clientSecret } = sandbox.credentials
      // For the server that a spec starts beside this one.
      Object.assign(process.env, {
        MOCASA_URL: sandbox.url,
        MOCASA_CLIENT_KEY: clientKey,
        MOCASA_CLIENT_SECRET: clientSecret,
      })
      const options = {
        baseUrl: sandbox.url,
        clientKey,
        clientSecret,
        returnUrl: "http://localhost/checkout/return",
        allowedReturnOrigins: ["http://localhost"],
        timeoutMs: 2_000,
      }
      return [{ gateway: "mocasa", id: "mocasa", options }]
    },
    onUrl: (url: string) => {
      storeUrl = url
    },
    stop: async () => await sandbox.close(),
  }

  describeShop(name, plan, (shop) => {
    beforeEach(() => {
      sandbox.faults.clear()
      sandbox.calls.clear()
      sandbox.set({
        webhookUrl: `${storeUrl}/hooks/payment/mocasa_mocasa`,
        webhooksOn: true,
        webhookCopies: 1,
        webhookAmount: null,
        forgeWebhooks: false,
        refundStatus: "success",
      })
    })

    afterEach(async () => {
      await sandbox.webhooks.settled()
    })

    const harness: MocasaStore = Object.create(shop, {
      sandbox: { get: () => sandbox },
      afterWebhooks: {
        value: async () => {
          await sandbox.webhooks.settled()
          await shop.afterWorkflows()
        },
      },
    })
    suite(harness)
  })
}
