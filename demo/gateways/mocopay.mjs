import { tsImport } from "tsx/esm/api"
import { keep, readKept } from "../launch/kept-json.mjs"
import { pressButton } from "./payment-page.mjs"

/** @type {import("./gateway.mjs").DemoGateway} */
export const mocopay = {
  id: "mocopay",
  title: "MoCoPay",
  providerId: "pp_mocopay_mocopay",
  country: "hr",
  basket: ["merienda-pass"],
  confirmedBy: "webhook",
  refunds: "none",
  secrets: ["mocopaySecret"],

  async start({ port, storeUrl, secrets, memoryFile }) {
    /** @type {typeof import("../../integration-tests/sandbox/mocopay/index.js")} */
    const { startMocopaySandbox } = await tsImport(
      "../../integration-tests/sandbox/mocopay/index.ts",
      import.meta.url
    )
    const products = pricePoints()
    const sandbox = await startMocopaySandbox({
      port,
      apiKey: "kanto_goods",
      secret: secrets.mocopaySecret,
      products,
      ...(memoryFile && {
        memory: readKept(memoryFile),
        onMemory: (memory) => keep(memoryFile, memory),
      }),
    })
    return {
      title: "MoCoPay",
      url: sandbox.url,
      environment: {
        MOCOPAY_BASE_URL: sandbox.url,
        MOCOPAY_API_KEY: sandbox.credentials.apiKey,
        MOCOPAY_SECRET: sandbox.credentials.secret,
        MOCOPAY_PRODUCTS: JSON.stringify(products),
        MOCOPAY_CALLBACK_URL: `${storeUrl}/payments/mocopay_mocopay/return`,
        MOCOPAY_NOTIFY_URL: `${storeUrl}/hooks/payment/mocopay_mocopay`,
      },
      ledger: () => sandbox.ledger.entries(),
      close: () => sandbox.close(),
    }
  },

  pay: (action) => pressButton(action, "Pay"),
}

/**
 * MoCoPay is told a product and never a price, so there is one for each total that a cart can come to: every half
 * euro up to 100. The shop's prices in euros, of what it sells and of its shipping, are multiples of that.
 */
function pricePoints() {
  return Array.from({ length: 200 }, (_, index) => {
    const amount = ((index + 1) / 2).toFixed(2)
    return { pid: `KANTO-${amount}`, amount, currency: "EUR" }
  })
}
