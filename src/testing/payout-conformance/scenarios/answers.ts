import type { PayoutSuite } from "../support/payout-suite"

const somebodyElses = "P01J9ZC7T4M8W2X3Y5V6B7N8PQR"
const unheardOf = ["constructor", "__proto__", "PAID", "ok", "Succeeded", "null", " ", null]

/** What an answer says, in every word there is, and in those that prove nothing. */
export function answers({ data, name, openClient }: PayoutSuite): void {
  describe(`${name}: answer`, () => {
    it.each(data.words)("with the word $word says that it is $outcome", async (row) => {
      const client = await openClient()
      const order = await client.order()
      const { reference } = order
      client.sandbox.fault("ask", {
        kind: "wrong-shape",
        answer: data.answer("ask", { reference, word: row.word }),
      })
      expect((await client.ask(order)).outcome).toBe(row.outcome)
    })

    const words = data.words.map(({ word }) => word)
    it.each(unheardOf.filter((word) => word === null || !words.includes(word)))(
      "with a word that is not documented ends nothing: %j",
      async (word) => {
        const client = await openClient()
        const order = await client.order()
        const { reference } = order
        for (const operation of ["send", "ask"] as const) {
          const answer = data.answer(operation, { reference, word })
          client.sandbox.fault(operation, { kind: "wrong-shape", answer, acts: false })
        }
        expect(["processing", "unknown"]).toContain((await client.send(order)).outcome)
        expect(["processing", "unknown"]).toContain((await client.ask(order)).outcome)
      }
    )

    it.each(data.misleading(somebodyElses).map((_, index) => [index]))(
      "that looks like a yes and proves nothing leaves it unknown (%i)",
      async (index) => {
        const client = await openClient()
        const order = await client.order()
        const answer = data.misleading(order.reference)[index] ?? null
        client.sandbox.fault("send", { kind: "wrong-shape", answer, acts: false })
        client.sandbox.fault("ask", { kind: "wrong-shape", answer, times: "forever" })
        expect((await client.send(order)).outcome).toBe("unknown")
        expect((await client.ask(order)).outcome).toBe("unknown")
      }
    )

    it("about another transfer proves nothing about this one", async () => {
      const client = await openClient()
      const order = await client.order()
      const [{ word } = { word: null }] = data.words.filter(
        ({ outcome }) => outcome === "succeeded"
      )
      for (const operation of ["send", "ask"] as const) {
        const answer = data.answer(operation, { reference: somebodyElses, word })
        client.sandbox.fault(operation, {
          kind: "wrong-shape",
          answer,
          acts: false,
          times: "forever",
        })
      }
      expect((await client.send(order)).outcome).toBe("unknown")
      expect((await client.ask(order)).outcome).toBe("unknown")
    })

    it("that refuses in the payee's own data is told without them", async () => {
      const client = await openClient()
      const order = await client.order()
      const said = `No: ${[...client.personal].slice(0, 3).join(", ")}`
      for (const operation of ["send", "ask"] as const) {
        const answer = data.refusal(said)
        client.sandbox.fault(operation, { kind: "wrong-shape", answer, acts: false })
      }
      const words = [await client.send(order), await client.ask(order)].map(
        ({ message }) => message
      )
      for (const message of words) {
        expect(message).toContain("No")
      }
    })
  })
}
