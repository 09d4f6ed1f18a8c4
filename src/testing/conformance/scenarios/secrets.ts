import { inspect } from "node:util"
import { payerFields } from "../../../providers/base/storefront-input"
import { payer } from "../support/shopper"
import { refusalOf } from "../support/suite"
import type { Suite } from "../support/suite"
import { Witness, type Where } from "../support/witness"

const customerEmail = "markedcustomer@example.test"

const everywhere: readonly Where[] = ["logged", "thrown", "returned", "stored"]

/** What must never be read by anybody: searched for in all that any scenario of the gateway left behind. */
export function secrets({ gateway, name, openStore, witness }: Suite): void {
  const { capabilities } = gateway

  describe(`${name}: secrets and personal data`, () => {
    it.each([
      { how: "in a log line", value: { level: "warn", said: ["token s3cret-plant is old"] } },
      { how: "in an error's cause", value: new Error("no", { cause: new Error("s3cret-plant") }) },
      {
        how: "in a hidden property",
        value: Object.defineProperty({}, "x", { value: "s3cret-plant" }),
      },
      { how: "deep in an answer", value: { a: { b: { c: { d: { e: ["s3cret-plant"] } } } } } },
      { how: "in base64", value: Buffer.from("key:s3cret-plant:").toString("base64") },
      { how: "in an address", value: "https://pay.test/?k=s3cret-plant&x=1" },
    ])("planted $how would be found", ({ value }) => {
      const planted = new Witness()
      planted.saw("logged", value)
      expect(planted.leaks(["s3cret-plant"], ["logged"])).toHaveLength(1)
      expect(planted.leaks(["another"], ["logged"])).toEqual([])
      expect(planted.leaks(["s3cret-plant"], ["thrown"])).toEqual([])
    })

    it("are not in the provider itself, however it is printed", async () => {
      const store = await openStore()
      await store.checkout()
      const { provider } = store.medusa
      const printed = inspect(provider, { depth: 20, showHidden: true }) + JSON.stringify(provider)
      for (const secret of store.sandbox.secrets()) {
        expect(printed).not.toContain(secret)
      }
    })

    it("went through a purchase in which all that can be said was said", async () => {
      const store = await openStore()
      const { medusa, sandbox } = store
      const known = sandbox.charging?.shopper().customer
      const customer = { id: "cus_1", ...known, email: customerEmail }
      const session = await store.checkout("100", { data: { payer }, customer })
      sandbox.fault("query", { kind: "html", times: "forever" })
      await medusa.authorize(session)
      sandbox.clearFaults()
      store.pay(session)
      const { payment } = await medusa.authorize(session)
      expect(payment).toBeDefined()
      if (gateway.wire.ordersOpenedBy === "server" && !gateway.charges) {
        sandbox.fault("create", { kind: "unauthorized", times: "forever" })
        await refusalOf(store.checkout("100", { data: { payer }, customer }))
      }
    })

    it("are nowhere in what all scenarios logged, threw, returned and stored", () => {
      for (const where of everywhere) {
        expect(witness.count(where)).toBeGreaterThan(0)
      }
      expect(witness.secrets.length).toBeGreaterThan(0)
      expect(witness.leaks(witness.secrets, everywhere)).toEqual([])
    })

    it("of the payer are in no log and no error, and kept only as far as the gateway needs them", () => {
      const all = [...Object.values(payer), customerEmail]
      expect(witness.leaks(all, ["logged", "thrown"])).toEqual([])
      const needed: readonly string[] = payerFields(capabilities.payer)
      const kept: readonly string[] = Object.entries(payer)
        .filter(([field]) => field !== "id_number" && needed.includes(field))
        .map(([, value]) => value)
      const cleared = all.filter((value) => !kept.includes(value))
      expect(witness.leaks(cleared, ["returned", "stored"])).toEqual([])
    })
  })
}
