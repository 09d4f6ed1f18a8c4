import { tsImport } from "tsx/esm/api"
import { keep, readKept } from "../launch/kept-json.mjs"
import { pressButton } from "./payment-page.mjs"

/** @type {import("./gateway.mjs").DemoGateway} */
export const paymentz = {
  id: "paymentz",
  title: "Paymentz",
  providerId: "pp_paymentz_paymentz",
  country: "hr",
  basket: ["abaca-tote"],
  confirmedBy: "webhook",
  refunds: "single_partial",
  secrets: ["paymentzSecureKey"],

  async start({ port, storeUrl, secrets, memoryFile }) {
    /** @type {typeof import("../../integration-tests/sandbox/paymentz/index.js")} */
    const { startPaymentzSandbox } = await tsImport(
      "../../integration-tests/sandbox/paymentz/index.ts",
      import.meta.url
    )
    const sandbox = await startPaymentzSandbox({
      port,
      secureKey: secrets.paymentzSecureKey,
      username: "kantogoods",
      totype: "KantoGoods",
      ...(memoryFile && {
        memory: readKept(memoryFile),
        onMemory: (memory) => keep(memoryFile, memory),
      }),
    })
    const { credentials } = sandbox
    return {
      title: "Paymentz",
      url: sandbox.url,
      environment: {
        PAYMENTZ_BASE_URL: sandbox.url,
        PAYMENTZ_MEMBER_ID: credentials.memberId,
        PAYMENTZ_SECURE_KEY: credentials.secureKey,
        PAYMENTZ_PARTNER_ID: credentials.partnerId,
        PAYMENTZ_USERNAME: credentials.username,
        PAYMENTZ_TOTYPE: credentials.totype,
        PAYMENTZ_TERMINAL_ID: credentials.terminalId,
        PAYMENTZ_RETURN_URL: `${storeUrl}/payments/paymentz_paymentz/return`,
        PAYMENTZ_NOTIFICATION_URL: `${storeUrl}/hooks/payment/paymentz_paymentz`,
      },
      ledger: () => sandbox.ledger.entries(),
      close: () => sandbox.close(),
    }
  },

  pay: (action) => pressButton(action, "Pay"),
}
