import { startMocasaSandbox } from "../mocasa"
import type { ByHand } from "./by-hand"
import { payAndLook, type Call } from "./by-hand"

export const mocasa: ByHand = {
  name: "mocasa",
  title: "Mocasa",
  async start({ port, webhookUrl }) {
    const { url, credentials, close } = await startMocasaSandbox({ port, webhookUrl })
    const { clientKey, clientSecret } = credentials
    const token: Call = {
      method: "POST",
      target: "/auth/token/apply",
      body: { form: { clientKey, clientSecret } },
      keeps: { variable: "TOKEN", field: "accessToken" },
    }
    const order: Call = {
      method: "POST",
      target: "/payment/order/create",
      headers: { accessToken: "$TOKEN" },
      body: {
        form: {
          orderNo: "ORD1001",
          amount: "100.00",
          productName: "Coffee",
          customerId: "cus_1",
          returnUrl: "http://localhost:8000/",
        },
      },
    }
    return {
      url,
      credentials: { ...credentials },
      examples: [
        {
          what: "A token, and an order with it; its paymentLink opens in a browser",
          calls: [token, order],
        },
        {
          what: "Pay it without a browser, and see what moved",
          calls: payAndLook("orders/ORD1001/pay"),
        },
      ],
      close,
    }
  },
}
