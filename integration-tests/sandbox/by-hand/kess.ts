import { startKessSandbox } from "../kess"
import type { ByHand } from "./by-hand"
import { payAndLook, type Call } from "./by-hand"

export const kess: ByHand = {
  name: "kess",
  title: "KESS",
  async start({ port }) {
    const { url, walletUrl, credentials, paths, close } = await startKessSandbox({ port })
    const { user, password, storeId } = credentials
    const order = { service_id: 30, store_id: storeId, out_trade_no: "ORD1001" }
    const { service_id: _, ...asked } = order
    // A token lives for a minute: each example has its own.
    const token: Call = {
      method: "POST",
      target: paths.token,
      body: { json: JSON.stringify({ user, password }) },
      keeps: { variable: "TOKEN", field: "token" },
    }
    const call = (target: string, fields: object): Call => ({
      method: "POST",
      target,
      headers: { authorization: "Bearer $TOKEN" },
      body: { json: JSON.stringify(fields) },
    })
    return {
      url,
      credentials: { ...credentials, wallet: walletUrl },
      examples: [
        {
          what: "A token, and a QR with it; its qr_code can be pasted into the wallet",
          calls: [token, call(paths.nativePay, { ...order, amount: 0.3 })],
        },
        {
          what: "Pay it without a wallet, and see what moved",
          calls: payAndLook("orders/ORD1001/pay"),
        },
        { what: "What KESS says of it", calls: [token, call(paths.checkPayment, asked)] },
        {
          what: "The seller scans a shopper's code: paid at once",
          calls: [
            token,
            call(paths.quickPay, {
              ...order,
              amount: 0.3,
              out_trade_no: "ORD1002",
              auth_code: "134567890123456789",
            }),
          ],
        },
      ],
      close,
    }
  },
}
