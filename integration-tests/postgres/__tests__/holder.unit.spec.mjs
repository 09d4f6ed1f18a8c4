import { existsSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { afterEach, describe, expect, it, jest } from "@jest/globals"
import { isAlive, serverBehind, until } from "./observe.mjs"
import { itOnLinux } from "./it-on-linux.mjs"
import { startedServers } from "./started-servers.mjs"

// Each test starts servers, on a machine that may be busy.
jest.setTimeout(60_000)

const { start, startServingProgram, stopAll } = startedServers()
afterEach(stopAll)

describe("the holder of a server", () => {
  it("is gone with its data after the program that started it was killed", async () => {
    const { url, child } = await startServingProgram({})
    const { pid, cluster } = await serverBehind(url)
    child.kill("SIGKILL")
    await until(() => !isAlive(pid) && !existsSync(dirname(cluster)))
  })

  itOnLinux("is stopped by its program when somebody kills the process between them", async () => {
    const database = await start()
    const { pid, cluster } = await serverBehind(database.url)
    process.kill(parentOf(pid), "SIGKILL")
    await database.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(dirname(cluster))).toBe(false)
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
function parentOf(pid) {
  return statOf(pid).parent
}

/** @param {number} pid */
function groupOf(pid) {
  return statOf(pid).group
}

/** @param {number} pid */
function statOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8")
  const [, parent, group] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number)
  return { parent: Number(parent), group: Number(group) }
}
