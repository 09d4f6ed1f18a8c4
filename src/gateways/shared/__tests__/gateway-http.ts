import type { GatewayCall } from "../request"
import { createCircuitBreakers } from "../circuit-breaker"
import { createGatewayHttp, type GatewayHttp, type GatewayHttpOptions } from "../http"
import { Loopbacks } from "./loopback"

export const loopbacks = new Loopbacks()
const clients: GatewayHttp[] = []

/** A client that does not pause between repeats and has its own breakers; closed after the test. */
export function client(baseUrl: string, options: Partial<GatewayHttpOptions> = {}): GatewayHttp {
  const sleep = async () => undefined
  const breakers = createCircuitBreakers()
  const http = createGatewayHttp({ gateway: "acme", baseUrl, sleep, breakers, ...options })
  clients.push(http)
  return http
}

afterEach(async () => {
  clients.splice(0).forEach((http) => http.close())
  await loopbacks.close()
})

/** A call that moves money. */
export const charge: GatewayCall = {
  operation: "charge",
  method: "POST",
  path: "/charge",
  body: { form: { amount: "1.00" } },
  reads: false,
}

/** A call that may be repeated. */
export const query: GatewayCall = {
  operation: "query",
  method: "GET",
  path: "/query",
  reads: true,
}
