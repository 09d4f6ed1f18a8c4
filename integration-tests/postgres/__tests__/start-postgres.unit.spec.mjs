import { once } from "node:events"
import { existsSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:net"
import { dirname, join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals"
import { startPostgres } from "../index.mjs"
import { loopbackAddresses } from "../loopback.mjs"
import { ask, isAlive, serverBehind, temporaryFolders, until } from "./observe.mjs"
import { startedServers } from "./started-servers.mjs"

const { start, startServingProgram, stopAll } = startedServers()
const folders = temporaryFolders()

afterEach(async () => {
  await stopAll()
  folders.removeAll()
})

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

  it("does not start where data would be kept by mistake", async () => {
    await expect(startPostgres({ dataDir: "somewhere" })).rejects.toThrow(TypeError)
    await expect(startPostgres({ durable: true })).rejects.toThrow(TypeError)
  })
})

describe("startPostgres without data to keep", () => {
  /** For the tests that leave it as it is. @type {import("../index.mjs").Database} */
  let database
  beforeAll(async () => {
    database = await startPostgres()
  })
  afterAll(async () => await database?.stop())

  it("refuses to connect a client without the password", async () => {
    const { port } = database
    await expect(
      ask(`postgres://postgres:guess@localhost:${port}/postgres`, "SELECT 1")
    ).rejects.toThrow("password authentication failed")
  })

  it("answers at localhost, whichever address that is, and nowhere else", async () => {
    const { url, host, password, port } = database
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
    const name = `Ship "A" 10%`
    await Promise.all([database.createDatabase(name), database.createDatabase(name)])
    await database.createDatabase(name)
    expect(await ask(database.databaseUrl(name), "SELECT current_database()")).toBe(name)
  })

  it("drops the databases whose names begin so, also those in use, and no other", async () => {
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
    const stopped = await start()
    const { pid, cluster } = await serverBehind(stopped.url)
    await stopped.stop()
    await stopped.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(dirname(cluster))).toBe(false)
  })
})

describe("startPostgres with data that somebody else uses", () => {
  it("refuses data that a running server has, and says which process that is", async () => {
    const dataDir = folders.make()
    const first = await start({ durable: true, dataDir })
    const { pid } = await serverBehind(first.url)
    await expect(start({ durable: true, dataDir })).rejects.toThrow(
      `is in use by the running PostgreSQL ${pid}`
    )
    expect(await ask(first.url, "SELECT 1")).toBe("1")
  })
})

describe("startPostgres with data to keep", () => {
  it("finds data and password again at the next start", async () => {
    const dataDir = folders.make()
    const first = await start({ durable: true, dataDir })
    await first.createDatabase("shop")
    await ask(first.databaseUrl("shop"), "CREATE TABLE kept AS SELECT 42 AS answer")
    await first.stop()

    const file = join(dataDir, "password")
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, "utf8").trim()).toBe(first.password)

    const second = await start({ durable: true, dataDir })
    expect(second.password).toBe(first.password)
    expect(await ask(second.databaseUrl("shop"), "SELECT answer FROM kept")).toBe("42")
    expect(await ask(second.url, "SHOW fsync")).toBe("on")
  })

  it("recovers what was committed when server and program were killed together", async () => {
    const dataDir = folders.make()
    const { url, child } = await startServingProgram({ durable: true, dataDir })
    await ask(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    const { pid } = await serverBehind(url)
    process.kill(pid, "SIGKILL")
    child.kill("SIGKILL")
    await until(() => !isAlive(pid))

    const again = await start({ durable: true, dataDir })
    expect(await ask(again.url, "SELECT answer FROM kept")).toBe("42")
  })
})

describe("the holder of a server", () => {
  it("is gone with its data after the program that started it was killed", async () => {
    const { url, child } = await startServingProgram({})
    const { pid, cluster } = await serverBehind(url)
    child.kill("SIGKILL")
    await until(() => !isAlive(pid) && !existsSync(dirname(cluster)))
  })

  itOnLinux("does not feel a Ctrl-C in the terminal of its program", async () => {
    const { url, child } = await startServingProgram({})
    const { pid } = await serverBehind(url)
    // The group of the program is what a terminal signals; the server must not be in it.
    expect(groupOf(pid)).not.toBe(child.pid)
    expect(groupOf(Number(child.pid))).toBe(child.pid)
    process.kill(-Number(child.pid), "SIGINT")
    await until(() => !isAlive(pid))
  })
})

/** @param {number} pid */
function groupOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2])
}

/** @param {string} name @param {() => Promise<void>} test */
function itOnLinux(name, test) {
  if (process.platform === "linux") it(name, test)
  else it.skip(`${name} [skipped: looks at /proc, which only Linux has]`, test)
}
