import { tsImport } from "tsx/esm/api"
import { keep, readKept } from "../launch/kept-json.mjs"
import { pressButton } from "./payment-page.mjs"

/** @type {import("./gateway.mjs").DemoGateway} */
export const kess = {
  id: "kess",
  title: "KESS Pay",
  providerId: "pp_kess_kess",
  country: "kh",
  basket: ["barako-coffee", "tablea"],
  confirmedBy: "asking",
  refunds: "multiple_partial",
  secrets: ["kessPassword"],

  async start({ port, secrets, memoryFile }) {
    /** @type {typeof import("../../integration-tests/sandbox/kess/index.js")} */
    const { startKessSandbox } = await tsImport(
      "../../integration-tests/sandbox/kess/index.ts",
      import.meta.url
    )
    const sandbox = await startKessSandbox({
      port,
      user: "kanto_goods",
      password: secrets.kessPassword,
      ...(memoryFile && {
        memory: readKept(memoryFile),
        onMemory: (memory) => keep(memoryFile, memory),
      }),
    })
    return {
      title: "KESS Pay",
      url: sandbox.url,
      environment: {
        KESS_BASE_URL: sandbox.url,
        KESS_USERNAME: sandbox.credentials.user,
        KESS_PASSWORD: sandbox.credentials.password,
        KESS_STORE_ID: sandbox.credentials.storeId,
        KESS_WALLET_URL: sandbox.walletUrl,
      },
      ledger: () => sandbox.ledger.entries(),
      close: () => sandbox.close(),
    }
  },

  // The text of a QR names no host: the wallet that scans it is the sandbox's.
  async pay(action, { url }) {
    if (action.type !== "qr_code") {
      throw new Error(`The shopper was to be shown a QR, and got ${JSON.stringify(action)}`)
    }
    const wallet = `${url}/wallet?code=${encodeURIComponent(action.value)}`
    return pressButton({ type: "redirect", url: wallet }, "Pay")
  },
}
