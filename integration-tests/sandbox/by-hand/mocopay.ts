import { startMocopaySandbox } from "../mocopay"
import { exampleProducts } from "../mocopay/payments"
import { sign } from "../mocopay/protocol"
import type { ByHand } from "./by-hand"
import { payAndLook, type Call } from "./by-hand"

const accept = "application/json, application/*+json"

export const mocopay: ByHand = {
  name: "mocopay",
  title: "MoCoPay",
  async start({ port, webhookUrl }) {
    const { url, credentials, close } = await startMocopaySandbox({ port, notifyUrl: webhookUrl })
    const { apiKey, secret } = credentials
    const signed = (method: Call["method"], target: string): Call => ({
      method,
      target,
      headers: { Accept: accept, Signature: `ApiKey ${apiKey}:${sign(secret, target)}` },
    })
    const order = new URLSearchParams({
      pid: exampleProducts[0]?.pid ?? "",
      userId: "ORD1001",
      referenceId: "ORD1001",
      callbackUrl: "http://localhost:8000/",
    })
    return {
      url,
      credentials: {
        ...credentials,
        products: exampleProducts
          .map(({ pid, amount, currency, type }) => `${pid} (${amount} ${currency}, ${type})`)
          .join(", "),
      },
      examples: [
        {
          what: "A payment of 10.00 EUR; its redirectUrl opens in a browser",
          calls: [signed("GET", `/v1/payment/initPayment?${order}`)],
        },
        {
          what: "Pay it without a browser, and see what moved",
          calls: payAndLook("payments/ORD1001/pay"),
        },
        {
          what: "What MoCoPay says of it",
          calls: [signed("POST", "/v1/payment/verifyPayment?userId=ORD1001")],
        },
      ],
      close,
    }
  },
}
