import { z } from "zod"
import { closeAfterTest } from "../../shared/__tests__/close-after-test"
import { type KessSandbox, type KessSandboxOptions, startKessSandbox } from ".."

const reply = z.union([
  z.strictObject({ success: z.literal(true), data: z.record(z.string(), z.unknown()) }),
  z.strictObject({ success: z.literal(false), message: z.string() }),
])

type Answer = z.output<typeof reply> & { readonly status: number }
type Fields = Record<string, unknown>

export const AUTH_CODE = "134567890123456789"
export const ORDER = {
  service_id: 30,
  store_id: "109038",
  amount: 0.3,
  out_trade_no: "ORDER-4339",
}
const REFUND = {
  service_id: 30,
  store_id: "109038",
  refund_amount: 0.3,
  out_trade_no: "ORDER-4339",
  out_refund_no: "REFUND-4339-1",
  reason: "Returned",
}

/** The least a merchant's server has to do, over real HTTP. */
export class Merchant {
  #token = ""
  readonly #sandbox: KessSandbox

  constructor(sandbox: KessSandbox) {
    this.#sandbox = sandbox
  }

  async signIn(): Promise<Answer> {
    const { user, password } = this.#sandbox.credentials
    const answer = await this.post("token", { user, password })
    if (answer.success) this.#token = String(answer.data["token"])
    return answer
  }

  post(call: keyof KessSandbox["paths"], fields: Fields): Promise<Answer> {
    return this.send(this.#sandbox.paths[call], JSON.stringify(fields))
  }

  async send(path: string, body: string, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.#sandbox.url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${this.#token}`,
        ...headers,
      },
      body,
    })
    return { ...reply.parse(await response.json()), status: response.status }
  }

  nativePay(changes: Fields = {}): Promise<Answer> {
    return this.post("nativePay", { ...ORDER, ...changes })
  }

  quickPay(changes: Fields = {}): Promise<Answer> {
    return this.post("quickPay", { ...ORDER, auth_code: AUTH_CODE, ...changes })
  }

  refund(changes: Fields = {}): Promise<Answer> {
    return this.post("refund", { ...REFUND, ...changes })
  }

  checkPayment(changes: Fields = {}): Promise<Answer> {
    const { store_id, out_trade_no } = ORDER
    return this.post("checkPayment", { store_id, out_trade_no, ...changes })
  }

  checkRefund(changes: Fields = {}): Promise<Answer> {
    const { store_id, out_trade_no } = ORDER
    return this.post("checkRefund", { store_id, out_trade_no, ...changes })
  }
}

/** What a refusal looks like to a test. */
export function refused(status: number, message: RegExp | string) {
  const words = typeof message === "string" ? message : expect.stringMatching(message)
  return { status, success: false, message: words }
}

/** A sandbox, which ends with the test, and a merchant who has signed in. */
export async function startMerchant(options: KessSandboxOptions = {}) {
  const sandbox = closeAfterTest(await startKessSandbox(options))
  const merchant = new Merchant(sandbox)
  await merchant.signIn()
  return { sandbox, merchant }
}
