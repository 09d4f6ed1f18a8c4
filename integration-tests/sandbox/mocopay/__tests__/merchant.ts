import { z } from "zod"
import { closeAfterTest } from "../../shared/__tests__/close-after-test"
import { type MocopaySandbox, type MocopaySandboxOptions, startMocopaySandbox } from ".."
import { sign } from "../protocol"

export const INIT = "/v1/payment/initPayment"
export const VERIFY = "/v1/payment/verifyPayment"

export const ORDER = {
  pid: "PP27638048",
  userId: "ORD1001",
  referenceId: "ORD1001",
  callbackUrl: "http://shop.test/return?cart=1",
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const json = z.record(z.string(), z.unknown())

/** The least a merchant's server has to do, over real HTTP. */
export class Merchant {
  readonly #sandbox: MocopaySandbox

  constructor(sandbox: MocopaySandbox) {
    this.#sandbox = sandbox
  }

  signatureOf(target: string): string {
    const { apiKey, secret } = this.#sandbox.credentials
    return `${apiKey}:${sign(secret, target)}`
  }

  /** A call of these very bytes; `headers` win over the ones a merchant sends. */
  async send(
    method: string,
    target: string,
    headers: Record<string, string> = {},
    body?: string
  ): Promise<Answer> {
    const response = await fetch(this.#sandbox.url + target, {
      method,
      headers: {
        accept: "application/json, application/*+json",
        ...("signature" in headers ? {} : { signature: `ApiKey ${this.signatureOf(target)}` }),
        ...headers,
      },
      body,
    })
    return { status: response.status, body: json.parse(await response.json()) }
  }

  init(parameters: Record<string, string> = ORDER): Promise<Answer> {
    return this.send("GET", `${INIT}?${new URLSearchParams(parameters)}`)
  }

  verify(parameters: Record<string, string> = { userId: ORDER.userId }): Promise<Answer> {
    return this.send("POST", `${VERIFY}?${new URLSearchParams(parameters)}`)
  }
}

/** A sandbox, which ends with the test, and a merchant. */
export async function startMerchant(options: MocopaySandboxOptions = {}) {
  const sandbox = closeAfterTest(await startMocopaySandbox(options))
  const merchant = new Merchant(sandbox)
  return { sandbox, merchant }
}
