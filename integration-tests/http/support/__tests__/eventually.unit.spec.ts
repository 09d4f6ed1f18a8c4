import { eventually, lastAnswer } from "../shop"

describe("eventually", () => {
  it("gives the first answer that is good", async () => {
    let asked = 0
    const answer = await eventually(
      async () => (asked += 1),
      (count) => count > 2
    )
    expect(answer).toBe(3)
  })

  it("fails with the last answer where none was good in time, and lastAnswer gives it", async () => {
    const ask = async () => [{ state: "waiting", attempts: 4 }]
    await expect(eventually(ask, ([event]) => event?.state === "done", 1)).rejects.toThrow(
      "After 1 ms it was still [ { state: 'waiting', attempts: 4 } ]"
    )
    expect(await lastAnswer(ask, () => false, 1)).toEqual([{ state: "waiting", attempts: 4 }])
  })
})
