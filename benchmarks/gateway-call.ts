import { strictEqual } from "node:assert"
import http from "node:http"
import axios from "axios"
import Stripe from "stripe"
import { Agent, request } from "undici"
import { compare, type Comparison } from "./kit/comparison"
import { measureSideBySide, type Plan } from "./kit/measure"
import { concurrent } from "./kit/subjects"
import { benchmarkedMocasa } from "./mocasa-gateway"
import { startStub, type Stub } from "./start-stub"
import { accessToken, orderAnswer, orderNo, paths } from "./stub-messages"

type Call = () => Promise<unknown>
type Clients = { calls: Record<string, Call>; close: () => Promise<void> }

/** Asking what became of an order, from the call to the value: one after the other and 64 at once. */
export async function gatewayCall(plan: Plan): Promise<Comparison[]> {
  const stub = await startStub()
  const clients = buildClients(stub)
  try {
    const comparisons: Comparison[] = []
    for (const [title, concurrency] of [
      ["A gateway call, one after the other", 1],
      ["A gateway call, 64 at once", 64],
    ] as const) {
      const measured = await measureSideBySide(
        Object.entries(clients.calls).map(([name, call]) => concurrent(name, concurrency, call)),
        plan
      )
      const note = `Answers of ${orderAnswer.length} bytes for all, from another process over loopback; connections are kept`
      comparisons.push(compare(title, note, measured, ["stripe-node", "bare axios"]))
    }
    return comparisons
  } finally {
    await clients.close()
    await stub.stop()
  }
}

/** Each checks that it got the order's answer: a fast failure must not look like a fast client. */
function buildClients({ port, baseUrl }: Stub): Clients {
  const mocasa = benchmarkedMocasa(baseUrl)
  const order = {
    reference: orderNo,
    amount: "1234.50",
    currency: "php",
    gatewayData: {},
    candidateIds: [],
  }

  const url = baseUrl + paths.query
  const body = () => new URLSearchParams({ orderNo }).toString()
  const headers = { accessToken, "content-type": "application/x-www-form-urlencoded" }

  const httpAgent = new http.Agent({ keepAlive: true })
  const bareAxios = axios.create({ httpAgent, proxy: false })
  const dispatcher = new Agent()
  const stripe = new Stripe("benchmark-key", { host: "127.0.0.1", port, protocol: "http" })

  return {
    calls: {
      mocasa: async () => {
        const report = await mocasa.queryOrder(order)
        strictEqual(report.state, "paid")
      },
      "stripe-node": async () => {
        requireSuccess(await stripe.paymentIntents.retrieve(orderNo))
      },
      "bare axios": async () => {
        const { data } = await bareAxios.post<unknown>(url, body(), { headers })
        requireSuccess(data)
      },
      "bare undici": async () => {
        const answer = await request(url, { method: "POST", headers, body: body(), dispatcher })
        requireSuccess(await answer.body.json())
      },
    },
    close: async () => {
      httpAgent.destroy()
      await dispatcher.close()
    },
  }
}

function requireSuccess(answer: unknown): void {
  strictEqual(typeof answer === "object" && answer && Reflect.get(answer, "success"), true)
}
