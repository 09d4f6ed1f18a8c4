import { inspect } from "node:util"
import { createGatewayHttp } from "../../shared/http"
import { Secret } from "../../shared/secret"
import { KessClient, type KessAccount } from "../client"
import { defaultPaths } from "../errors"
import { KessServer } from "./kess-server"

export const orderNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
export const refundNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R1"
export const authCode = "134567890123456789"

/**
 * A server, and a client that does not pause between repeats and whose clock a test moves on. Close both
 * after the test.
 */
export async function startClient(change: Partial<KessAccount> = {}) {
  const server = new KessServer()
  await server.start()
  const http = createGatewayHttp({
    gateway: "KESS Pay",
    baseUrl: server.url,
    sleep: async () => undefined,
  })
  const account = {
    username: "shop",
    password: Secret.of("a-password"),
    storeId: "109038",
    serviceId: 30,
    paths: defaultPaths,
    ...change,
  }
  const time = { ms: 0 }
  const client = new KessClient(http, account, () => time.ms)
  const close = async () => {
    http.close()
    await server.stop()
  }
  return { server, client, close, time }
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
