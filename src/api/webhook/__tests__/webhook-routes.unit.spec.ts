import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { newOrder } from "../../../modules/payment-journal/__tests__/fixtures"
import { MemoryJournal } from "../../../testing/memory-journal"
import { webhookInbox } from "../webhook-routes"

const mockReceive = jest.fn()
const mockWake = jest.fn()
jest.mock("../../../workflows/webhooks/process-webhook", () => ({
  inboxOf: () => ({ receiveUnproven: mockReceive }),
  webhookWorkerOf: () => ({ wake: mockWake }),
}))
/** The connection in these tests is the journal itself. */
jest.mock("../../../modules/payment-journal/repositories/journal", () => ({
  PostgresJournal: function (journal: object) {
    return journal
  },
}))

let journal: MemoryJournal

beforeEach(() => {
  journal = new MemoryJournal()
  mockWake.mockReset()
  mockReceive.mockReset().mockResolvedValue({ id: "gwev_1" })
})

/** A GET of MoCoPay's, which nobody signs. Undefined where it was left to Medusa's own route. */
async function notified(
  query: Record<string, string>,
  provider = "mocopay_mocopay"
): Promise<number | undefined> {
  let answered: number | undefined
  const log = () => undefined
  const providers = [
    {
      resolve: "medusa-regional-payments/providers/mocopay",
      id: "mocopay",
      options: {
        apiKey: "key",
        secret: "a-secret",
        products: [{ pid: "PP1", amount: "4.99", currency: "EUR" }],
      },
    },
    { resolve: "another-package/mocopay", id: "anothers", options: {} },
  ]
  const registered: Record<string, unknown> = {
    logger: { debug: log, info: log, warn: log, error: log },
    configModule: { modules: { payment: { options: { providers } } } },
    __pg_connection__: journal,
  }
  const resolve = (key: string) => registered[key]
  const req: MedusaRequest = Object.assign(Object.create(null), {
    method: "GET",
    params: { provider },
    originalUrl: `/hooks/payment/${encodeURIComponent(provider)}?${new URLSearchParams(query)}`,
    headers: {},
    scope: { resolve },
  })
  const res: MedusaResponse = Object.assign(Object.create(null), {
    status: (status: number) => {
      answered = status
      return { json: () => undefined }
    },
  })
  await webhookInbox(req, res, () => undefined)
  return answered
}

async function opened(provider_id = "pp_mocopay_mocopay"): Promise<string> {
  const order = newOrder({ provider_id })
  await journal.openOrder(order)
  return order.reference
}

describe("a message that nobody signed", () => {
  it("about an order that was opened here is kept, and who works on messages is woken", async () => {
    expect(await notified({ referenceId: await opened() })).toBe(200)
    expect(mockReceive).toHaveBeenCalledTimes(1)
    expect(mockWake).toHaveBeenCalledTimes(1)
  })

  it("is refused while too many came", async () => {
    mockReceive.mockResolvedValue(undefined)
    expect(await notified({ referenceId: await opened() })).toBe(429)
    expect(mockReceive.mock.calls[0][1]).toEqual({
      atMost: 120,
      atMostOfReference: 12,
      withinMs: 60_000,
    })
    expect(mockWake).not.toHaveBeenCalled()
  })

  it("about an order that nobody opened is not kept, and takes no other message's place", async () => {
    const { reference } = newOrder()
    expect(await notified({ referenceId: reference })).toBe(200)
    expect(await notified({ referenceId: "a\u0000b" })).toBe(200)
    expect(mockReceive).not.toHaveBeenCalled()
  })

  it("about another provider's order is not kept", async () => {
    expect(await notified({ referenceId: await opened("pp_mocopay_other") })).toBe(200)
    expect(mockReceive).not.toHaveBeenCalled()
  })
})

describe("a message to an address", () => {
  it("with the whole id of a provider of ours is taken, as Medusa's guide has it", async () => {
    expect(await notified({ referenceId: await opened() }, "pp_mocopay_mocopay")).toBe(200)
    expect(mockReceive).toHaveBeenCalledTimes(1)
  })

  it.each([
    "mocopay_other",
    "pp_mocopay_other",
    "mocopay",
    "MOCOPAY_MOCOPAY",
    "Pp_Mocopay_mocopay",
    "mocopay%5Fmocopay",
    "mocopay%255Fmocopay",
    "mocopay-mocopay",
    " mocopay_mocopay",
    "mocopay_mocopay ",
    "po_mocopay_mocopay",
    "cashy_cashy",
    "kess",
  ])(
    "that was meant for a gateway of ours and has no provider is refused: %j",
    async (provider) => {
      expect(await notified({ referenceId: await opened() }, provider)).toBe(404)
      expect(mockReceive).not.toHaveBeenCalled()
    }
  )

  it.each([
    "mocopay_anothers",
    "mocopayments_main",
    "stripe_mocopay",
    "system_default",
    "constructor",
    "%E0%A4%A",
  ])("that is another package's is left to Medusa: %j", async (provider) => {
    expect(await notified({ referenceId: await opened() }, provider)).toBeUndefined()
    expect(mockReceive).not.toHaveBeenCalled()
  })
})
