import { startPaymentzSandbox } from "../paymentz"
import { checksum } from "../paymentz/protocol"
import type { ByHand } from "./by-hand"
import { payAndLook, type Call } from "./by-hand"

const api = "/transactionServices/REST/v1"
const order = { merchantTransactionId: "ORD1001", amount: "50.00" }

export const paymentz: ByHand = {
  name: "paymentz",
  title: "Paymentz",
  async start({ port, webhookUrl }) {
    const sandbox = await startPaymentzSandbox({ port, callbackUrl: webhookUrl })
    const { url, credentials, close } = sandbox
    const { memberId, partnerId, username, secureKey } = credentials
    const call = (path: string, form: Record<string, string>): Call => ({
      method: "POST",
      target: api + path,
      headers: { accept: "application/json", authtoken: "$TOKEN" },
      body: { form: { "authentication.memberId": memberId, ...form } },
    })
    const token: Call = {
      method: "POST",
      target: `${api}/authToken`,
      headers: { accept: "application/json" },
      body: {
        form: {
          "authentication.partnerId": partnerId,
          "merchant.username": username,
          "authentication.sKey": secureKey,
        },
      },
      keeps: { variable: "TOKEN", field: "AuthToken" },
    }
    return {
      url,
      credentials: { ...credentials },
      examples: [
        {
          what: "A token, and a payment by a bank with it; its redirect opens in a browser",
          calls: [
            token,
            call("/payments", {
              "authentication.checksum": checksum("payment", { ...credentials, ...order }),
              ...order,
              currency: "USD",
              paymentType: "DB",
              paymentMode: "NB",
              paymentBrand: "TESTBANK",
              merchantRedirectUrl: "http://localhost:8000/",
            }),
          ],
        },
        {
          what: "Pay it without a browser, and see what moved",
          calls: payAndLook(`orders/${order.merchantTransactionId}/pay`),
        },
        {
          what: "What Paymentz says of it",
          calls: [
            call(`/payments/${order.merchantTransactionId}`, {
              "authentication.checksum": checksum("inquiryByTransaction", {
                ...credentials,
                ...order,
              }),
              paymentType: "IN",
              idType: "MID",
            }),
          ],
        },
      ],
      close,
    }
  },
}
