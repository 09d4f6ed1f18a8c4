import { tsImport } from "tsx/esm/api"
import { keep, readKept } from "../launch/kept-json.mjs"
import { pressButton } from "./payment-page.mjs"

/** @type {import("./gateway.mjs").DemoGateway} */
export const cashy = {
  id: "cashy",
  title: "Cashy",
  providerId: "pp_cashy_cashy",
  country: "pk",
  basket: ["tablea", "ube-halaya"],
  payer: { id_number: "3310401123456" },
  confirmedBy: "webhook",
  refunds: "none",
  secrets: ["cashyApiKey"],

  async start({ port, storeUrl, secrets, memoryFile }) {
    /** @type {typeof import("../../integration-tests/sandbox/cashy/index.js")} */
    const { startCashySandbox } = await tsImport(
      "../../integration-tests/sandbox/cashy/index.ts",
      import.meta.url
    )
    const sandbox = await startCashySandbox({
      port,
      apiKey: secrets.cashyApiKey,
      // The real one waits a minute, which is long for somebody who looks on.
      webhookRetryDelayMs: 1000,
      ...(memoryFile && {
        memory: readKept(memoryFile),
        onMemory: (memory) => keep(memoryFile, memory),
      }),
    })
    return {
      title: "Cashy",
      url: sandbox.url,
      environment: {
        CASHY_BASE_URL: sandbox.url,
        CASHY_MERCHANT_ID: sandbox.credentials.merchantId,
        CASHY_API_KEY: sandbox.credentials.apiKey,
        CASHY_NOTIFY_URL: `${storeUrl}/hooks/payment/cashy_cashy`,
      },
      ledger: () => sandbox.ledger.entries(),
      close: () => sandbox.close(),
    }
  },

  pay: (action) => pressButton(action, "Pay"),
}
