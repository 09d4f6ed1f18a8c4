import { tsImport } from "tsx/esm/api"
import { keep, readKept } from "../launch/kept-json.mjs"
import { pressButton } from "./payment-page.mjs"

/** @type {import("./gateway.mjs").DemoGateway} */
export const mocasa = {
  id: "mocasa",
  title: "Mocasa Pay",
  providerId: "pp_mocasa_mocasa",
  country: "ph",
  basket: ["barako-coffee", "inabel-towel"],
  confirmedBy: "webhook",
  refunds: "full",
  secrets: ["mocasaClientSecret"],

  async start({ port, storeUrl, secrets, memoryFile }) {
    /** @type {typeof import("../../integration-tests/sandbox/mocasa/index.js")} */
    const { startMocasaSandbox } = await tsImport(
      "../../integration-tests/sandbox/mocasa/index.ts",
      import.meta.url
    )
    const sandbox = await startMocasaSandbox({
      port,
      clientKey: "mp_kanto_goods",
      clientSecret: secrets.mocasaClientSecret,
      webhookUrl: `${storeUrl}/hooks/payment/mocasa_mocasa`,
      ...(memoryFile && {
        memory: readKept(memoryFile),
        onMemory: (memory) => keep(memoryFile, memory),
      }),
    })
    return {
      title: "Mocasa Pay",
      url: sandbox.url,
      environment: {
        MOCASA_BASE_URL: sandbox.url,
        MOCASA_CLIENT_KEY: sandbox.credentials.clientKey,
        MOCASA_CLIENT_SECRET: sandbox.credentials.clientSecret,
      },
      ledger: () => sandbox.ledger.entries(),
      close: () => sandbox.close(),
    }
  },

  pay: (action) => pressButton(action, "Pay"),
}
