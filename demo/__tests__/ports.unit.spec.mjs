import { once } from "node:events"
import { createServer } from "node:net"
import { describe, expect, it } from "@jest/globals"
import { chosenPorts, freePorts } from "../launch/ports.mjs"

describe("the demo's ports", () => {
  it.each(["0", "65535", "nine", "80.5", "-1"])("refuses PORT=%s", async (wanted) => {
    await expect(chosenPorts(wanted, 2)).rejects.toThrow(`PORT is "${wanted}"`)
  })

  it("says which port is taken and what to type", async () => {
    const [taken = 0] = await freePorts(1)
    const server = createServer()
    await once(server.listen(taken, "127.0.0.1"), "listening")
    try {
      await expect(chosenPorts(String(taken), 1)).rejects.toThrow(
        `Port ${taken} is taken by another program. Stop that program, or choose another port: ` +
          `PORT=${taken + 10} npm run demo`
      )
    } finally {
      server.close()
    }
  })

  it("gives the shop's port and those after it", async () => {
    const [first = 0] = await freePorts(1)
    expect(await chosenPorts(String(first), 1)).toEqual([first])
  })

  it("finds free ports, each another", async () => {
    expect(new Set(await freePorts(3)).size).toBe(3)
  })
})
