import { type Answer, connectTo, FakeGateway } from "../../shared/__tests__/fake-gateway"
import { Secret } from "../../shared/secret"
import { PaymentzClient } from "../client"
import { readGatewayError } from "../errors"
import { paymentzGateway } from "../messages"

const rest = "/transactionServices/REST/v1"

export type Request = {
  target: string
  /** Of the REST API what stands behind `/transactionServices/REST/v1`. */
  path: string
  method: string | undefined
  contentType: string | undefined
  accept: string | undefined
  authToken: string | string[] | undefined
  form: Record<string, string>
}

export class PaymentzServer extends FakeGateway<Request> {
  constructor() {
    super({
      read: ({ target, path, method, contentType, headers, form }) => ({
        target,
        path: path.replace(rest, ""),
        method,
        contentType,
        accept: headers.accept,
        authToken: headers.authtoken,
        form,
      }),
      tokens: {
        paths: ["/authToken", "/regenerateToken"],
        answer: (count) => token(`token-${count}`),
      },
    })
  }
}

export const credentials = {
  memberId: "11344",
  secureKey: Secret.of("test_key"),
  partnerId: "39",
  username: "shop",
}

export async function startClient(change: { terminalId?: string } = {}, clock?: () => number) {
  const server = new PaymentzServer()
  const http = await connectTo(server, {
    gateway: paymentzGateway,
    readGatewayError,
  })
  return { server, client: new PaymentzClient(http, { ...credentials, ...change }, clock) }
}

export function token(AuthToken: string): Answer {
  return { body: { AuthToken, result: { code: "200", description: "Token generated" } } }
}

/** An answer with a code, and the fields beside it. */
export function withCode(
  code: string,
  fields: object = {},
  description = "words of the gateway"
): Answer {
  return { body: { ...fields, result: { code, description } } }
}

/** What an inquiry answers of a payment of 50.00 USD that was paid. */
export function record(fields: object = {}): Answer {
  return withCode("00026", {
    paymentId: "54289",
    merchantTransactionId: "ORD1001",
    status: "capturesuccess",
    transactionStatus: "Y",
    amount: "50.00",
    currency: "USD",
    ...fields,
  })
}
