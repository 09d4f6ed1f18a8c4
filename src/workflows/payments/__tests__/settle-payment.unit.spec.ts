import type { MedusaContainer } from "@medusajs/framework/types"
import { gatewayContext } from "../../../providers/base/context"
import { FakeStore, referenceOf } from "../../../testing/fake-store"
import { settlePayment } from "../settle-payment"

let store: FakeStore
jest.mock("../../../providers/registry", () => ({
  gatewayContextOf: () => ({ context: contextOf(store) }),
  journalOf: () => store.journal,
}))

beforeEach(() => {
  store = new FakeStore()
})

function contextOf({ gateway, journal }: FakeStore) {
  const log = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() }
  return gatewayContext({ gateway }, { journal, log, announce: async () => undefined })
}

/** Medusa around the store's one session; `noted` is what was written to its status. */
function medusa(noted: string[]): MedusaContainer {
  const [session] = store.sessions
  const registered: Record<string, unknown> = {
    query: {
      graph: async ({ entity }: { entity: string }) => ({
        data: entity === "payment_session" ? [session] : [],
      }),
    },
    payment: {
      retrievePaymentSession: async () => session,
      updatePaymentSession: async ({ status }: { status: string }) => noted.push(status),
    },
  }
  return Object.assign(Object.create(null), { resolve: (key: string) => registered[key] })
}

async function settled(reference: string) {
  const noted: string[] = []
  const { state, todo } = await settlePayment(medusa(noted), {
    provider_id: FakeStore.providerId,
    reference,
  })
  return { state, todo: todo?.action ?? null, noted }
}

describe("news of an order", () => {
  it("that failed is noted on its session", async () => {
    const reference = referenceOf(await store.createSession())
    store.gateway.order(reference).word = "DECLINED"
    expect(await settled(reference)).toEqual({ state: "failed", todo: null, noted: ["error"] })
  })

  it("that is over does not end the newer order of its session", async () => {
    const session = await store.createSession()
    const older = referenceOf(session)
    await store.updateSession(session, 120)
    store.gateway.order(older).word = "LAPSED"
    expect(await settled(older)).toEqual({ state: "expired", todo: null, noted: [] })
  })

  it("that was paid opens its session again, whichever of the session's orders it is", async () => {
    const session = await store.createSession()
    const older = referenceOf(session)
    await store.updateSession(session, 120)
    await store.updateSession(session, 100)
    session.status = "error"
    store.gateway.pay(older)
    expect(await settled(older)).toEqual({ state: "paid", todo: "captured", noted: ["pending"] })
  })
})
