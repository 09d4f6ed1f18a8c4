import type { PayerField } from "../../../providers/base/gateway"
import { payerFields } from "../../../providers/base/storefront-input"
import { payer as marked } from "../support/shopper"
import { refusalOf } from "../support/suite"
import { referenceOf } from "../support/store"
import type { Suite } from "../support/suite"

/** Of a customer. */
const knownToMedusa: readonly PayerField[] = ["name", "email", "phone"]

/** What a gateway insists to know of the payer: said at once, before it is called, and never repeated. */
export function payer({ gateway, name, openStore, openWithSession }: Suite): void {
  const rules = gateway.capabilities.payer
  const fields = payerFields(rules)
  const required = fields.filter((field) => rules[field]?.required)
  const limited = fields.flatMap((field) => {
    const maxLength = rules[field]?.maxLength
    // Of a country there are two letters, whatever the gateway.
    return maxLength === undefined || field === "country" ? [] : [{ field, maxLength }]
  })
  if (fields.length === 0) {
    return
  }

  describe(`${name}: payer`, () => {
    for (const { field, maxLength } of limited) {
      const tooLong = { [field]: "9".repeat(maxLength + 1) }
      if (required.includes(field)) {
        it(`whose ${field} is too long is refused, naming it`, async () => {
          const store = await openStore()
          const data = { payer: { ...store.payer.payer, ...tooLong } }
          const refusal = await refusalOf(store.checkout("100", { data }))
          expect(namedIn(refusal)).toEqual([field])
          expect(refusal).toContain(String(maxLength))
          expect(refusal).not.toContain("999")
          expect(store.sandbox.calls("create")).toBe(0)
        })
      } else {
        it(`whose ${field} is too long can pay without it, because it is optional`, async () => {
          const store = await openStore()
          const data = { payer: { ...store.payer.payer, ...tooLong } }
          const session = await store.checkout("100", { data })
          store.pay(session)
          expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
        })
      }
    }

    const long = limited.filter(({ field }) => required.includes(field)).slice(1)
    if (long.length > 0) {
      it("of whom much is wrong is refused once, naming what is missing and what is too long", async () => {
        const store = await openStore()
        const payer = Object.fromEntries(
          long.map(({ field, maxLength }) => [field, "9".repeat(maxLength + 1)])
        )
        const refusal = await refusalOf(store.checkout("100", { data: { payer } }))
        expect(namedIn(refusal)).toEqual(required)
        expect(refusal).not.toContain("999")
        expect(store.sandbox.calls("create")).toBe(0)
      })
    }

    if (required.length > 0) {
      it("of whom nothing is known is refused once, naming all that is required", async () => {
        const store = await openStore()
        const refusal = await refusalOf(store.checkout("100", { data: { payer: {} } }))
        expect(namedIn(refusal)).toEqual(required)
        expect(store.sandbox.calls("create")).toBe(0)
      })

      const unknown = required.filter((field) => !knownToMedusa.includes(field))
      if (unknown.length > 0) {
        it("of whom Medusa knows a part is asked for the rest only", async () => {
          const store = await openStore()
          const customer = {
            id: "cus_1",
            first_name: "Markedname",
            last_name: "Delacruz",
            email: marked.email,
            phone: marked.phone,
          }
          const refusal = await refusalOf(store.checkout("100", { data: { payer: {} }, customer }))
          expect(namedIn(refusal)).toEqual(unknown)
        })
      }
    }

    it("who is known as far as is required can pay", async () => {
      const store = await openStore()
      const known = Object.entries(store.payer.payer ?? {})
      const names: readonly string[] = required
      const payer = Object.fromEntries(known.filter(([field]) => names.includes(field)))
      const session = await store.checkout("100", { data: { payer } })
      store.pay(session)
      expect((await store.medusa.authorize(session)).status).toBe(store.paidStatus)
    })

    it("has his identity number told to the gateway and kept by nobody", async () => {
      const { store, session } = await openWithSession()
      const order = await store.journal.findOrder(referenceOf(session))
      expect(JSON.stringify([session.data, order])).not.toContain(marked.id_number)
    })
  })

  function namedIn(text: string): PayerField[] {
    return fields.filter((field) => new RegExp(`payer\\.${field}(?![a-z_])`).test(text))
  }
}
