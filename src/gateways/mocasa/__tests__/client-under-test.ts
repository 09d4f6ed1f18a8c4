import { inspect } from "node:util"
import { createGatewayHttp } from "../../shared/http"
import { Secret } from "../../shared/secret"
import { MocasaClient } from "../client"
import { MocasaServer } from "./mocasa-server"

/** A server, and a client that does not pause between repeats. Close both after the test. */
export async function startClient() {
  const server = new MocasaServer()
  await server.start()
  const http = createGatewayHttp({
    gateway: "Mocasa Pay",
    baseUrl: server.url,
    sleep: async () => undefined,
  })
  const credentials = { clientKey: "mp_key", clientSecret: Secret.of("a-client-secret") }
  const client = new MocasaClient(http, credentials, () => new Date("2030-01-01T00:00:00Z"))
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
