import { readNextAction } from "../support/next-action"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

export function initiate({ gateway, name, openStore }: Suite): void {
  describe(`${name}: initiate`, () => {
    it("gives the uniform session.data and a next action, and charges nothing", async () => {
      const store = await openStore()
      const session = await store.checkout("100")
      const { gateway_id, expires_at, payer } = session.data
      expect(session.status).toBe("pending")
      expect(session.data).toEqual({
        ...(Object.keys(gateway.capabilities.payer).length > 0 ? { payer } : {}),
        session_id: session.id,
        reference: expect.stringMatching(/^[0-9A-Z]{27}$/),
        gateway_id: gateway_id === null ? null : expect.any(String),
        amount: store.money("100").amount,
        currency_code: store.currency,
        status: "open",
        next_action: expect.any(Object),
        expires_at: expires_at === null ? null : expect.any(String),
      })
      expect(session.id).toBe(`payses_${referenceOf(session).slice(0, -1)}`)
      expect(gateway.nextActions).toContain(readNextAction(session.data).type)
      expect(store.sandbox.orders()).toEqual([referenceOf(session)])
      expect(store.sandbox.moves("payment", referenceOf(session))).toEqual([])
    })

    it("repeated with the same session id makes no second order", async () => {
      const store = await openStore()
      const session = await store.checkout()
      const before = structuredClone(session.data)
      await store.medusa.initiate(session)
      expect(session.data).toEqual(before)
      expect(store.sandbox.orders()).toHaveLength(1)
      expect(store.sandbox.calls("create")).toBe(1)
    })

    it("for another session makes another order, whatever the old session's data says", async () => {
      const store = await openStore()
      const old = await store.checkout("100")
      const session = await store.checkout("70", { data: { ...old.data, ...store.payer } })
      expect(session.data).toMatchObject({
        session_id: session.id,
        amount: store.money("70").amount,
      })
      expect(store.sandbox.orders()).toEqual([referenceOf(old), referenceOf(session)])
    })

    it("takes nothing of what a storefront writes into our keys", async () => {
      const store = await openStore()
      const session = await store.checkout("100", {
        data: {
          session_id: "payses_00000000000000000000000000",
          reference: "000000000000000000000000000",
          amount: "0.01",
          currency_code: "xxx",
          status: "paid",
          next_action: "https://elsewhere.test/",
          anything_else: "of the storefront's",
        },
      })
      expect(session.data).toMatchObject({
        session_id: session.id,
        amount: store.money("100").amount,
        currency_code: store.currency,
        status: "open",
        anything_else: null,
      })
      expect(JSON.stringify(session.data)).not.toContain("elsewhere")
      expect(store.sandbox.orders()).toEqual([referenceOf(session)])
      expect((await store.medusa.authorize(session)).status).toBe("pending")
    })

    it("takes nothing of what a storefront writes into the next action", async () => {
      const store = await openStore()
      const next_action = {
        type: "redirect",
        url: "https://elsewhere.test/",
        fields: { to: "elsewhere" },
        value: "elsewhere",
        code: "elsewhere",
        expires_at: "2099-01-01T00:00:00Z",
        anything: { else: "elsewhere" },
      }
      const session = await store.checkout("100", { data: { next_action } })
      expect(gateway.nextActions).toContain(readNextAction(session.data).type)
      expect(JSON.stringify(session.data)).not.toContain("elsewhere")
    })
  })
}
