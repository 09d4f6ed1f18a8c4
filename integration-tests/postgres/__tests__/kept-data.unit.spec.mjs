import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, chownSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it, jest } from "@jest/globals"
import { ask, isAlive, serverBehind, temporaryFolders, until } from "./observe.mjs"
import { itOnLinux } from "./it-on-linux.mjs"
import { startedServers } from "./started-servers.mjs"

// Each test starts servers, on a machine that may be busy.
jest.setTimeout(60_000)

const { start, startServingProgram, stopAll } = startedServers()
const folders = temporaryFolders()

afterEach(async () => {
  await stopAll()
  folders.removeAll()
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

  it("gives the data to one of two first starts and tells the other", async () => {
    const dataDir = folders.make()
    const results = await Promise.allSettled([
      start({ durable: true, dataDir }),
      start({ durable: true, dataDir }),
    ])
    const refused = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason] : []
    )
    const winners = results.flatMap((result) =>
      result.status === "fulfilled" ? [result.value] : []
    )
    expect(refused).toHaveLength(1)
    expect(String(refused[0])).toContain("is in use by")
    const [winner] = winners
    expect(await ask(String(winner?.url), "SELECT 1")).toBe("1")
  })
})

describe("startPostgres with data to keep", () => {
  it("finds data and password again at the next start", async () => {
    const dataDir = folders.make()
    const first = await start({ durable: true, dataDir })
    await first.createDatabase("shop")
    await ask(first.databaseUrl("shop"), "CREATE TABLE kept AS SELECT 42 AS answer")
    await first.stop()

    const second = await start({ durable: true, dataDir })
    expect(second.password).toBe(first.password)
    expect(await ask(second.databaseUrl("shop"), "SELECT answer FROM kept")).toBe("42")
    expect(await ask(second.url, "SHOW fsync")).toBe("on")
  })

  it("keeps the password where only its owner reads it", async () => {
    const dataDir = folders.make()
    const { password } = await start({ durable: true, dataDir })
    const file = join(dataDir, "password")
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, "utf8").trim()).toBe(password)
  })

  it("works below a folder that is closed to everybody else", async () => {
    const dataDir = folders.make()
    chmodSync(dirname(dataDir), 0o700)
    const { url } = await start({ durable: true, dataDir })
    expect((await serverBehind(url)).cluster).toBe(join(dataDir, "cluster"))
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

  it("starts again right after its program was killed", async () => {
    const dataDir = folders.make()
    const { child } = await startServingProgram({ durable: true, dataDir })
    child.kill("SIGKILL")
    const again = await start({ durable: true, dataDir })
    expect(await ask(again.url, "SELECT 1")).toBe("1")
  })

  itOnLinux(
    "is not misled when a crashed server's number belongs to another program now",
    async () => {
      const dataDir = folders.make()
      const first = await start({ durable: true, dataDir })
      const { cluster } = await serverBehind(first.url)
      const file = join(cluster, "postmaster.pid")
      const left = readFileSync(file, "utf8")
      await first.stop()
      // Of the server's own user: another user's process is what PostgreSQL itself sees through.
      const { uid, gid } = statSync(cluster)
      const stranger = spawn("sleep", ["60"], { uid, gid, stdio: "ignore" })
      await once(stranger, "spawn")
      writeFileSync(file, left.replace(/^\d+/, String(stranger.pid)))
      chownSync(file, uid, gid)
      try {
        const again = await start({ durable: true, dataDir })
        expect(await ask(again.url, "SELECT 1")).toBe("1")
      } finally {
        stranger.kill()
      }
    }
  )
})
