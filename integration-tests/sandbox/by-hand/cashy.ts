import { startCashySandbox } from "../cashy"
import { sign } from "../cashy/protocol"
import type { ByHand } from "./by-hand"
import { payAndLook, type Call } from "./by-hand"

export const cashy: ByHand = {
  name: "cashy",
  title: "Cashy",
  async start({ port, webhookUrl }) {
    const { url, credentials, close } = await startCashySandbox({ port, notifyUrl: webhookUrl })
    const { merchantId, apiKey } = credentials
    const signed = (target: string, fields: object): Call => {
      const json = JSON.stringify(fields)
      return {
        method: "POST",
        target,
        headers: { MerchantId: merchantId, Sign: sign(json, apiKey) },
        body: { json },
      }
    }
    return {
      url,
      credentials: { merchantId, apiKey },
      examples: [
        {
          what: "An order of 100 rupees; its payDeskUrl opens in a browser",
          calls: [
            signed("/api/payIn", {
              nonceStr: "n1001",
              currency: "PKR",
              payType: 36,
              amount: "100",
              reusableStatus: false,
              mchOrderNo: "ORD1001",
              expireTime: 3600,
              notifyUrl: webhookUrl ?? "http://localhost:9000/hooks/payment/cashy_cashy",
              remark: "Coffee",
              realName: "Jack",
              phone: "3001234567",
              email: "example@maildomain.com",
              idCard: "3310401123456",
            }),
          ],
        },
        {
          what: "Pay it without a browser, and see what moved",
          calls: payAndLook("orders/ORD1001/pay"),
        },
        {
          what: "What Cashy says of it",
          calls: [signed("/api/payInQuery", { mchOrderNo: "ORD1001", nonceStr: "n1002" })],
        },
      ],
      close,
    }
  },
}
