import { once } from "node:events"
import { connect, createServer } from "node:net"
import { describe, expect, it } from "@jest/globals"
import { chosenPorts, heldPort } from "../launch/ports.mjs"

describe("the demo's ports", () => {
  it.each(["0", "65535", "nine", "80.5", "-1"])("refuses PORT=%s", async (wanted) => {
    await expect(chosenPorts(wanted, 2)).rejects.toThrow(`PORT is "${wanted}"`)
  })

  it("says which port is taken and what to type", async () => {
    const { port: taken, release } = await heldPort()
    try {
      await expect(chosenPorts(String(taken), 1)).rejects.toThrow(
        `Port ${taken} is taken by another program. Stop that program, or choose another port: ` +
          `PORT=${taken + 10} npm run demo`
      )
    } finally {
      await release()
    }
  })

  it("gives the shop's port and those after it", async () => {
    const { port, release } = await heldPort()
    await release()
    expect(await chosenPorts(String(port), 1)).toEqual([port])
  })

  it("holds a port for whoever will listen there, and lets go of it at once", async () => {
    const { port, release } = await heldPort()
    const stranger = connect(port, "127.0.0.1")
    stranger.on("error", () => {})
    await once(stranger, "close")
    await release()
    await release()
    const server = createServer()
    await once(server.listen(port, "127.0.0.1"), "listening")
    server.close()
  })
})
