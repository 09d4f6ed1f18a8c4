import { describe, expect, it } from "@jest/globals"
import { takeSteps } from "../tour/take-steps.mjs"

/** @type {string[]} */
const taken = []
/** @param {string} name @param {Record<string, string>} [row] */
const good = (name, row) => ({
  name,
  take: async () => {
    taken.push(name)
    return row
  },
})
const bad = {
  name: "refund",
  take: () => Promise.reject(new Error("the gateway is closed")),
}

describe("the steps of the tour", () => {
  it("stop at the first that fails, and keep what the row says so far", async () => {
    const steps = [good("fill"), good("pay", { paid: "1.00 EUR" }), bad, good("pack")]
    const { row, failure } = await takeSteps(steps)
    expect(failure).toBe('"refund" failed: the gateway is closed')
    expect(row).toEqual({ paid: "1.00 EUR" })
    expect(taken).toEqual(["fill", "pay"])
  })

  it("write the row together, the later word last", async () => {
    const steps = [good("half", { refunded: "1" }), good("rest", { refunded: "1, 2" })]
    expect(await takeSteps(steps)).toEqual({ row: { refunded: "1, 2" } })
  })
})
