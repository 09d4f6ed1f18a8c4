import { type Answer, connectTo, FakeGateway } from "../../shared/__tests__/fake-gateway"
import { Secret } from "../../shared/secret"
import { MocasaClient } from "../client"
import { mocasaGateway } from "../errors"

type Request = {
  path: string
  method: string | undefined
  contentType: string | undefined
  headerNames: string[]
  accessToken: string | string[] | undefined
  form: Record<string, string>
}

export class MocasaServer extends FakeGateway<Request> {
  constructor() {
    super({
      read: ({ path, method, contentType, headerNames, headers, form }) => ({
        path,
        method,
        contentType,
        headerNames,
        accessToken: headers.accesstoken,
        form,
      }),
      tokens: {
        paths: ["/auth/token/apply"],
        answer: (count) => success({ accessToken: `token-${count}`, expireTime: 7_200 }),
      },
    })
  }
}

export async function startClient() {
  const server = new MocasaServer()
  const http = await connectTo(server, { gateway: mocasaGateway })
  const credentials = { clientKey: "mp_key", clientSecret: Secret.of("a-client-secret") }
  const client = new MocasaClient(http, credentials, () => new Date("2030-01-01T00:00:00Z"))
  return { server, client }
}

export function success(data: unknown): Answer {
  return { body: { success: true, code: "0", message: "ok", data } }
}

export function refused(code: string, message: string, status = 200): Answer {
  return { status, body: { success: false, code, message, data: null } }
}
