import { ModulesSdkUtils } from "@medusajs/framework/utils"
import { PostgresJournal } from "../../../src/modules/payment-journal/repositories/journal"
import type { PaymentGateway } from "../../../src/providers/base/gateway"
import { refundOrder } from "../../../src/providers/base/refund"
import { buildMocasaGateway } from "../../../src/providers/mocasa/gateway"
import { mocasaOptions } from "../../../src/providers/mocasa/options"

/** A server of the shop that gets as far as "about to send", says so, and goes no further. */
async function main(): Promise<void> {
  const journal = new PostgresJournal(
    ModulesSdkUtils.createPgConnection({ clientUrl: process.env.DATABASE_URL })
  )
  const order = await journal.findOrder(process.env.ORDER_REFERENCE ?? "")
  if (!order) {
    throw new Error("There is no such order")
  }
  const options = mocasaOptions.parse({
    baseUrl: process.env.MOCASA_URL,
    clientKey: process.env.MOCASA_CLIENT_KEY,
    clientSecret: process.env.MOCASA_CLIENT_SECRET,
    returnUrl: "http://localhost/",
  })
  const gateway: PaymentGateway = buildMocasaGateway(options, {
    now: () => new Date(),
    onCall: () => undefined,
  })
  await refundOrder(
    {
      gateway: { ...gateway, refund: { send: hang, ask: hang } },
      journal,
      log: console,
      announce: async () => undefined,
      sleep: async () => undefined,
      noteFailure: async () => undefined,
      leaseMs: 60_000,
    },
    {
      order,
      amount: order.amount,
      refundId: process.env.REFUND_ID ?? null,
      existing: async () => [],
    }
  )
}

function hang(): Promise<never> {
  process.stdout.write("about to send\n")
  setInterval(() => undefined, 60_000)
  return new Promise(() => undefined)
}

void main()
