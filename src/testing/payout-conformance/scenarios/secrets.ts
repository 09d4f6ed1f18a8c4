import { inspect } from "node:util"
import type { Where } from "../../conformance/support/witness"
import type { PayoutSuite } from "../support/payout-suite"

const everywhere: readonly Where[] = ["logged", "thrown", "returned"]

/** What must never be read by anybody: searched for in all that any scenario of the provider left behind. */
export function secrets({ name, openClient, witness, personal }: PayoutSuite): void {
  describe(`${name}: secrets and personal data`, () => {
    it("are not in the provider itself, however it is printed", async () => {
      const client = await openClient()
      await client.send(await client.order())
      const { provider, sandbox } = client
      const printed = inspect(provider, { depth: 20, showHidden: true }) + JSON.stringify(provider)
      const kept = [...sandbox.secrets(), ...client.personal]
      for (const secret of kept) {
        expect(printed).not.toContain(secret)
      }
    })

    it("went through transfers that were sent, lost, refused and not accepted", () => {
      expect(witness.count("logged")).toBeGreaterThan(0)
      expect(witness.count("returned")).toBeGreaterThan(0)
      expect(witness.secrets.length).toBeGreaterThan(0)
      expect(personal.size).toBeGreaterThan(0)
    })

    it("of the shop are nowhere in what all scenarios logged, threw and returned", () => {
      expect(witness.leaks(witness.secrets, everywhere)).toEqual([])
    })

    it("of the payee are nowhere in it either, but for the account that goes to the module", () => {
      expect(witness.leaks([...personal], everywhere)).toEqual([])
    })
  })
}
