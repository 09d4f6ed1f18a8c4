import { inspect } from "node:util"
import { createGatewayHttp } from "../../shared/http"
import { Secret } from "../../shared/secret"
import { PaymentzClient } from "../client"
import { answerWords } from "../errors"
import { PaymentzServer } from "./paymentz-server"

export const credentials = {
  memberId: "11344",
  secureKey: Secret.of("test_key"),
  partnerId: "39",
  username: "shop",
}

/** A server, and a client that does not pause between repeats. Close both after the test. */
export async function startClient(change: { terminalId?: string } = {}, clock?: () => number) {
  const server = new PaymentzServer()
  await server.start()
  const http = createGatewayHttp({
    gateway: "Paymentz",
    baseUrl: server.url,
    sleep: async () => undefined,
    errorWords: answerWords,
  })
  const client = new PaymentzClient(http, { ...credentials, ...change }, clock)
  const close = async () => {
    http.close()
    await server.stop()
  }
  return { server, client, close }
}

/** What the call was rejected with. */
export async function failure(call: () => Promise<unknown>): Promise<unknown> {
  return await call().then(
    (value) => {
      throw new Error(`it was answered: ${inspect(value)}`)
    },
    (error: unknown) => error
  )
}
