import { once } from "node:events"
import { createServer } from "node:net"
import { describe, expect, it } from "@jest/globals"
import { freePort, loopbackAddresses } from "../loopback.mjs"

const v4 = {
  address: "127.0.0.1",
  netmask: "",
  mac: "",
  internal: true,
  cidr: null,
  family: /** @type {const} */ ("IPv4"),
}
const v6 = { ...v4, address: "::1", family: /** @type {const} */ ("IPv6"), scopeid: 0 }

describe("loopbackAddresses", () => {
  it("leaves IPv6 out where the machine has none", () => {
    expect(loopbackAddresses({ lo: [v4] })).toEqual(["127.0.0.1"])
  })

  it("has both where localhost may mean either", () => {
    expect(loopbackAddresses({ lo: [v4, v6] })).toEqual(["127.0.0.1", "::1"])
  })
})

describe("freePort", () => {
  it("finds a port on which all addresses can be listened on", async () => {
    const addresses = loopbackAddresses()
    const port = await freePort(addresses)
    for (const host of addresses) {
      const server = createServer().listen(port, host)
      await once(server, "listening")
      server.close()
    }
  })

  it("fails where an address is not this machine's, instead of trying for ever", async () => {
    await expect(freePort(["192.0.2.77"])).rejects.toThrow("EADDRNOTAVAIL")
  })
})
