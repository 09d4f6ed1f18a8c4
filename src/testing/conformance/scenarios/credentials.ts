import { checkCredentials } from "../../../providers/base/check-credentials"
import { configuredProviders } from "../../../providers/registry"
import type { Fault } from "../gateway-data"
import { impatientMs, type Store } from "../support/store"
import type { Suite } from "../support/suite"

/** Not seen by any of these gateways, and as long as what is in its place. */
const wrong = (value: unknown) =>
  String(value).replace(/[a-z0-9]/gi, (c) => (c === "7" ? "1" : "7"))

const anywhere = ["token", "query"] as const

/** A check of credentials by a live call: what it finds, that it moves nothing, and what it never tells. */
export function credentials({ gateway, name, openStore }: Suite): void {
  if (gateway.variant !== undefined) {
    return // the same account, and the same question
  }

  describe(`${name}: a check of its credentials`, () => {
    it("finds them accepted, and opens no order", async () => {
      const store = await openStore()
      expect(await check(store)).toEqual({ outcome: "accepted" })
      expect(store.sandbox.orders()).toEqual([])
    })

    it("finds each of them refused that is wrong, also while the right ones are in use", async () => {
      const store = await openStore()
      await store.checkout()
      for (const option of providerOf(store).build(() => undefined).setUp.credentials) {
        const changed = { [option]: wrong(store.sandbox.options[option]) }
        expect({ option, ...(await check(store, changed)) }).toMatchObject({
          option,
          outcome: "refused",
          message: expect.any(String),
        })
      }
    })

    it.each<{ what: string; fault: Fault; outcome: string }>([
      { what: "HTTP 401", fault: { kind: "unauthorized" }, outcome: "refused" },
      { what: "HTTP 403", fault: { kind: "html", status: 403 }, outcome: "refused" },
      { what: "another server's page", fault: { kind: "html" }, outcome: "wrong_address" },
      {
        what: "another server's 404",
        fault: { kind: "html", status: 404 },
        outcome: "wrong_address",
      },
      { what: "HTTP 500", fault: { kind: "http-error" }, outcome: "no_answer" },
      { what: "no answer at all", fault: { kind: "black-hole" }, outcome: "no_answer" },
      { what: "a broken connection", fault: { kind: "reset-before-acting" }, outcome: "no_answer" },
    ])("tells $what from the others", async ({ fault, outcome }) => {
      for (const operation of anywhere.filter((each) => each === "query" || usesToken())) {
        const store = await openStore({ timeoutMs: impatientMs })
        store.sandbox.fault(operation, { ...fault, times: "forever" })
        const checked = await check(store)
        expect({ operation, outcome: checked.outcome }).toEqual({ operation, outcome })
        for (const secret of store.sandbox.secrets()) {
          expect(JSON.stringify(checked)).not.toContain(secret)
        }
      }
    })

    const usesToken = () => gateway.wire.accessToken
  })

  async function check(store: Store, changed: object = {}) {
    return await checkCredentials(providerOf(store, changed).build(() => undefined))
  }

  function providerOf({ sandbox, medusa }: Store, changed: object = {}) {
    const options = { ...sandbox.options, timeoutMs: impatientMs, ...changed }
    const resolve = `medusa-regional-payments/providers/${gateway.identifier}`
    const providers = [{ resolve, id: gateway.identifier, options }]
    const [provider] = configuredProviders({ modules: { payment: { options: { providers } } } })
    expect(provider?.id).toBe(medusa.providerId)
    return provider!
  }
}
