import { z } from "zod"
import { closeAfterTest } from "../../shared/__tests__/close-after-test"
import { type MocasaSandbox, type MocasaSandboxOptions, startMocasaSandbox } from ".."

const envelope = z.strictObject({
  success: z.boolean(),
  code: z.string(),
  message: z.string(),
  data: z.record(z.string(), z.unknown()).nullable(),
})

type Answer = z.output<typeof envelope> & { readonly status: number }

export const ORDER = {
  orderNo: "ORD1001",
  amount: "100.00",
  productName: "Barako coffee",
  customerId: "cus_1",
  returnUrl: "http://shop.test/return?cart=1",
}

/** The least a merchant's server has to do, over real HTTP. */
export class Merchant {
  #accessToken = ""
  readonly #sandbox: MocasaSandbox

  constructor(sandbox: MocasaSandbox) {
    this.#sandbox = sandbox
  }

  async signIn(): Promise<Answer> {
    const { clientKey, clientSecret } = this.#sandbox.credentials
    const answer = await this.post("/auth/token/apply", { clientKey, clientSecret })
    this.#accessToken = String(answer.data?.["accessToken"])
    return answer
  }

  post(path: string, fields: Record<string, string>): Promise<Answer> {
    return this.send(path, new URLSearchParams(fields).toString())
  }

  async send(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.#sandbox.url + path, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accessToken: this.#accessToken,
        ...headers,
      },
      body,
    })
    return { ...envelope.parse(await response.json()), status: response.status }
  }

  createOrder(changes: Partial<typeof ORDER> = {}): Promise<Answer> {
    return this.post("/payment/order/create", { ...ORDER, ...changes })
  }

  queryOrder(orderNo = ORDER.orderNo): Promise<Answer> {
    return this.post("/payment/order/query", { orderNo })
  }

  refundOrder(orderNo = ORDER.orderNo): Promise<Answer> {
    return this.post("/payment/order/refund", { orderNo, reason: "Returned" })
  }
}

/** A sandbox, which ends with the test, and a merchant who has signed in. */
export async function startMerchant(options: MocasaSandboxOptions = {}) {
  const sandbox = closeAfterTest(await startMocasaSandbox(options))
  const merchant = new Merchant(sandbox)
  await merchant.signIn()
  return { sandbox, merchant }
}
