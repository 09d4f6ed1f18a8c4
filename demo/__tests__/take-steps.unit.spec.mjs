import { describe, expect, it } from "@jest/globals"
import { takeSteps } from "../tour/take-steps.mjs"

/** @param {string} name */
const good = (name) => ({
  name,
  take: async () => ({ medusa: `${name} done`, gateway: "nothing moved" }),
})
const bad = {
  name: "refund",
  take: () => Promise.reject(new Error("the gateway is closed")),
}

describe("the steps of the tour", () => {
  it("stop at the first that fails, which is told and stays in the table", async () => {
    const { rows, failure } = await takeSteps([good("pay"), bad, good("pack")])
    expect(failure).toBe('"refund" failed: the gateway is closed')
    expect(rows.map(({ medusa }) => medusa)).toEqual(["pay done", "failed: the gateway is closed"])
  })

  it("are timed one by one", async () => {
    const times = [0, 5, 100, 130]
    const { rows, failure } = await takeSteps([good("pay"), good("pack")], () => times.shift() ?? 0)
    expect(failure).toBeUndefined()
    expect(rows.map(({ ms }) => ms)).toEqual([5, 30])
  })
})
