import { inspect } from "node:util"
import { createGatewayHttp } from "../../shared/http"
import { Secret } from "../../shared/secret"
import { MocopayClient } from "../client"
import { refusalWords } from "../errors"
import type { MocopayCredentials } from "../signature"
import { MocopayServer } from "./mocopay-server"

/** The key and the secret of the vendor's worked example. */
export const credentials: MocopayCredentials = {
  apiKey: "app1",
  secret: Secret.of("this.is.a.secret"),
  signaturePrefix: "ApiKey",
  signatureAlgorithm: "md5",
}

/** A server, and a client that does not pause between repeats. Close both after the test. */
export async function startClient(change: Partial<MocopayCredentials> = {}) {
  const server = new MocopayServer()
  await server.start()
  const http = createGatewayHttp({
    gateway: "MoCoPay",
    baseUrl: server.url,
    sleep: async () => undefined,
    errorWords: refusalWords,
  })
  const client = new MocopayClient(http, { ...credentials, ...change })
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
