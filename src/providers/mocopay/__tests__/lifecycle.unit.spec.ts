import {
  MocopayServer,
  paidSession,
  redirectUrl,
  reference,
  sessionId,
  unpaidSession,
} from "../../../gateways/mocopay/__tests__/fake-mocopay"
import { started } from "../../../gateways/shared/__tests__/fake-gateway"
import type { GatewayOrder } from "../../../modules/payment-journal/gateway-order"
import { MemoryJournal } from "../../../testing/memory-journal"
import { syncOrder } from "../../base/sync-order"
import type { GatewayEvent } from "../../../shared/events"
import { gatewayContext } from "../../base/context"
import { gatewayUnderTest } from "./gateway-under-test"

let server: MocopayServer
let journal: MemoryJournal
let told: GatewayEvent[]
let errors: string[]

beforeEach(async () => {
  server = await started(new MocopayServer())
  journal = new MemoryJournal()
  told = []
  errors = []
})

function context() {
  const silent = () => undefined
  return gatewayContext(
    {
      gateway: gatewayUnderTest({ baseUrl: server.url }),
    },
    {
      journal,
      log: {
        debug: silent,
        info: silent,
        warn: silent,
        error: (line) => void errors.push(String(line)),
      },
      announce: async (event) => void told.push(event),
    }
  )
}

/** Opened for 10 EUR, as the provider would have done it. */
async function opened(number = reference): Promise<GatewayOrder> {
  await journal.openOrder({
    reference: number,
    provider_id: "pp_mocopay_mocopay",
    session_id: `payses_${number.slice(0, 26)}`,
    payment_collection_id: null,
    customer_id: null,
    requested_amount: "10",
    amount: "10.00",
    currency_code: "eur",
  })
  const details = {
    next_action: { type: "redirect", url: redirectUrl },
    gateway_data: { pid: "PP27638049" },
  }
  return (await journal.changeOrder(number, { state: "open", details }))!
}

async function asked(sessions: Record<string, object>, number = reference): Promise<string> {
  server.sessions = Object.fromEntries(
    Object.entries(sessions).map(([name, body]) => [name, { body }])
  )
  const order = (await journal.findOrder(number))!
  return (await syncOrder(context(), order)).decision.type
}

describe("an order that is paid by carrier billing", () => {
  it("is not accepted with more than its price, and the shop is told of it", async () => {
    await opened()
    const dearer = { ...paidSession, totalChargedAmount: 12 }
    expect(await asked({ [reference]: dearer })).toBe("mismatch")
    expect(errors.join()).toContain("received 12 eur")
  })

  it("is not paid by a session that has paid another order", async () => {
    const other = "01JQ7ZK3V5W8X9Y0A1B2C3D4E60"
    await opened()
    await opened(other)
    expect(await asked({ [reference]: paidSession })).toBe("paid")
    const again = { ...paidSession, endUser: { userId: other } }
    expect(await asked({ [other]: again }, other)).toBe("mismatch")
    expect(errors.join()).toContain(`counted for ${reference} before`)
  })

  it("is paid once all of its steps were charged", async () => {
    await opened()
    expect(await asked({ [reference]: { ...paidSession, totalChargedAmount: 5 } })).toBe("pending")
    expect(await asked({ [reference]: paidSession })).toBe("paid")
    expect(await journal.moneyOfOrder(reference)).toMatchObject([
      { gateway_id: sessionId, amount: "10.00" },
    ])
  })

  it("is paid by the session that a notification named, though the first one was given up", async () => {
    await opened()
    await journal.noteCandidateId(reference, sessionId)
    const first = { ...unpaidSession, sessionId: "first" }
    expect(await asked({ [reference]: first, [sessionId]: paidSession })).toBe("paid")
  })
})

describe("a subscription", () => {
  const after = (series: number, totalChargedAmount: number, lastChargedAmount = 10) => ({
    [reference]: {
      ...paidSession,
      type: "subscription",
      series,
      lastChargedAmount,
      totalChargedAmount,
    },
  })

  it("tells of each later series once, with what is new", async () => {
    await opened()
    expect(await asked(after(1, 10))).toBe("paid")
    expect(told).toEqual([])
    expect(await asked(after(2, 20))).toBe("paid")
    expect(await asked(after(2, 20))).toBe("paid")
    expect(await asked(after(5, 40))).toBe("paid")
    expect(told).toMatchObject([
      { name: "mocopay.series_charged", data: { reference, series: 2, amount: "10" } },
      { data: { series: 5, amount: "20", total_amount: "40", gateway_id: sessionId } },
    ])
  })

  it("pays its order with the first series also where that was missed", async () => {
    await opened()
    expect(await asked(after(2, 20))).toBe("paid")
    expect(told).toMatchObject([{ data: { amount: "10", total_amount: "20" } }])
  })

  it("does not become paid by a later series where the first was not what was ordered", async () => {
    await opened()
    expect(await asked(after(1, 12, 12))).toBe("mismatch")
    expect(await asked(after(2, 24, 12))).toBe("pending")
    expect(told).toEqual([])
  })
})
