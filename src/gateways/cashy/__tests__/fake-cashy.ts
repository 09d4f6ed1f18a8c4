import { type Answer, connectTo, FakeGateway } from "../../shared/__tests__/fake-gateway"
import { Secret } from "../../shared/secret"
import { CashyClient } from "../client"
import { cashyGateway } from "../errors"

type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  merchantId: string | string[] | undefined
  sign: string | string[] | undefined
  /** The bytes of the body, as text. */
  text: string
  fields: Record<string, unknown>
}

export class CashyServer extends FakeGateway<Request> {
  /** Answers that go before the queue, by `orderNo`. */
  readonly orders = new Map<unknown, Answer>()

  constructor() {
    super({
      read: ({ path, method, contentType, headers, body: text }) => {
        const fields: Record<string, unknown> = JSON.parse(text)
        const { merchantid: merchantId, sign } = headers
        return { path, method, contentType, merchantId, sign, text, fields }
      },
    })
    this.answerFor = ({ fields }) => this.orders.get(fields.orderNo)
  }
}

export async function startClient() {
  const server = new CashyServer()
  const http = await connectTo(server, { gateway: cashyGateway })
  let nonces = 0
  const credentials = { merchantId: "1002001", apiKey: Secret.of("an-api-key") }
  return { server, client: new CashyClient(http, credentials, () => `nonce-${++nonces}`) }
}

export function success(data: unknown): Answer {
  return { body: { msg: "SUCCESS", code: 200, data } }
}

export function refused(msg: string | null, code: number | string = 500): Answer {
  return { body: { msg, code } }
}
