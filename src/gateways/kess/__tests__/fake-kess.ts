import { type Answer, connectTo, FakeGateway } from "../../shared/__tests__/fake-gateway"
import { Secret } from "../../shared/secret"
import { type KessAccount, KessClient } from "../client"
import { defaultPaths, kessGateway } from "../errors"

export const orderNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
export const refundNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R1"
export const authCode = "134567890123456789"

type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  authorization: string | undefined
  body: string
}

export class KessServer extends FakeGateway<Request> {
  constructor() {
    super({
      read: ({ path, method, contentType, headers: { authorization }, body }) => ({
        path,
        method,
        contentType,
        authorization,
        body,
      }),
      tokens: {
        paths: [defaultPaths.token],
        answer: (count) => success({ message: "SUCCESS", token: `token-${count}` }),
        areAtOnce: true,
      },
    })
  }
}

/** A server, and a client whose clock a test moves on. */
export async function startClient(change: Partial<KessAccount> = {}) {
  const server = new KessServer()
  const http = await connectTo(server, { gateway: kessGateway })
  const account = {
    username: "shop",
    password: Secret.of("a-password"),
    storeId: "109038",
    serviceId: 30,
    paths: defaultPaths,
    ...change,
  }
  const time = { ms: 0 }
  return { server, client: new KessClient(http, account, () => time.ms), time }
}

export function success(data: unknown): Answer {
  return { body: { success: true, data } }
}

export function refused(message: string, status = 200): Answer {
  return { status, body: { success: false, data: { message } } }
}
