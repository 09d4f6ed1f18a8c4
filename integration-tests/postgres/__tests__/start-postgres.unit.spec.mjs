import { existsSync } from "node:fs"
import { createServer } from "node:net"
import { once } from "node:events"
import { dirname } from "node:path"
import { afterEach, describe, expect, it, jest } from "@jest/globals"
import { startPostgres } from "../index.mjs"
import { loopbackAddresses } from "../loopback.mjs"
import { ask, isAlive, serverBehind } from "./observe.mjs"
import { startedServers } from "./started-servers.mjs"

// Each test starts servers, on a machine that may be busy.
jest.setTimeout(60_000)

const { start, stopAll } = startedServers()
afterEach(stopAll)

describe("startPostgres, when something is in the way", () => {
  it.each(loopbackAddresses())("names the port that is taken on %s", async (address) => {
    const stranger = createServer().listen({ host: address, port: 0, ipv6Only: true })
    await once(stranger, "listening")
    const bound = stranger.address()
    const port = typeof bound === "object" ? bound?.port : undefined
    try {
      await expect(start({ port })).rejects.toThrow(`Port ${port} on localhost is taken`)
    } finally {
      stranger.close()
    }
  })

  it("refuses to connect a client without the password", async () => {
    const { port } = await start()
    await expect(
      ask(`postgres://postgres:guess@localhost:${port}/postgres`, "SELECT 1")
    ).rejects.toThrow("password authentication failed")
  })

  it("does not start where data would be kept by mistake", async () => {
    await expect(startPostgres({ dataDir: "somewhere" })).rejects.toThrow(TypeError)
    await expect(startPostgres({ durable: true })).rejects.toThrow(TypeError)
  })
})

describe("startPostgres without data to keep", () => {
  it("runs two servers side by side", async () => {
    const [one, two] = await Promise.all([start(), start()])
    await one.createDatabase("only_here")
    expect(one.port).not.toBe(two.port)
    expect(await ask(one.databaseUrl("only_here"), "SELECT current_database()")).toBe("only_here")
    await expect(ask(two.databaseUrl("only_here"), "SELECT 1")).rejects.toThrow("does not exist")
  })

  it("answers at localhost, whichever address that is, and nowhere else", async () => {
    const { url, host, password, port } = await start()
    expect(host).toBe("localhost")
    expect(await ask(url, "SELECT 1")).toBe("1")
    const addresses = (await ask(url, "SHOW listen_addresses")).split(",")
    expect(["127.0.0.1", "127.0.0.1,::1"]).toContain(addresses.join(","))
    for (const address of addresses) {
      const named = address.includes(":") ? `[${address}]` : address
      const direct = `postgres://postgres:${password}@${named}:${port}/postgres`
      expect(await ask(direct, "SELECT 1")).toBe("1")
    }
    expect(await ask(url, "SHOW unix_socket_directories")).toBe("")
  })

  it("creates a database twice without an error, whatever its name", async () => {
    const database = await start()
    const name = `Ship "A" 10%`
    await Promise.all([database.createDatabase(name), database.createDatabase(name)])
    await database.createDatabase(name)
    expect(await ask(database.databaseUrl(name), "SELECT current_database()")).toBe(name)
  })

  it("drops the databases whose names begin so, also those in use, and no other", async () => {
    const database = await start()
    const names = ["run_1_a", 'run_1_"b"', "run_10", "run%1", "of_run_1_a"]
    for (const name of names) await database.createDatabase(name)
    const asking = ask(database.databaseUrl("run_1_a"), "SELECT pg_sleep(60)")
    asking.catch(() => {})
    const active = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'run_1_a'"
    while ((await ask(database.url, active)) === "0");
    await database.dropDatabases("run_1_")
    await expect(asking).rejects.toThrow()
    const left = await ask(
      database.url,
      "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE '%run%'"
    )
    expect(left).toBe("of_run_1_a run%1 run_10")
    await database.dropDatabases("run_1_")
  })

  it("stops at once and removes its data, and can be stopped again", async () => {
    const database = await start()
    const { pid, cluster } = await serverBehind(database.url)
    await database.stop()
    await database.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(dirname(cluster))).toBe(false)
  })
})
