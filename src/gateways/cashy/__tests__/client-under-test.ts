import { inspect } from "node:util"
import { createGatewayHttp } from "../../shared/http"
import { Secret } from "../../shared/secret"
import { CashyClient } from "../client"
import { CashyServer } from "./cashy-server"

/** A server, and a client that does not pause between repeats. Close both after the test. */
export async function startClient() {
  const server = new CashyServer()
  await server.start()
  const http = createGatewayHttp({
    gateway: "Cashy",
    baseUrl: server.url,
    sleep: async () => undefined,
  })
  let nonces = 0
  const credentials = { merchantId: "1002001", apiKey: Secret.of("an-api-key") }
  const client = new CashyClient(http, credentials, () => `nonce-${++nonces}`)
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
