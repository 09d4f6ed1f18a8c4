import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { redisFrom } from "../launch/redis.mjs"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "redis-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const { signal } = new AbortController()

describe("the demo's Redis", () => {
  it("is the one that REDIS_URL names", async () => {
    const url = "redis://localhost:6379/5"
    expect(await redisFrom({ env: { REDIS_URL: url }, logs: folder, signal })).toMatchObject({
      url,
    })
  })

  it("is asked for in words where there is none", async () => {
    const env = { ...process.env, REDIS_URL: "", PATH: folder }
    await expect(redisFrom({ env, logs: folder, signal })).rejects.toThrow(/Install it/)
  })

  it("listens, stops when it is told to, and is gone when the demo is killed", async () => {
    const pidFile = join(folder, "pid")
    const env = { ...process.env, REDIS_URL: "", PATH: `${standIn(pidFile)}:${process.env.PATH}` }
    const told = await redisFrom({ env, logs: folder, signal })
    const first = pidOf(pidFile)
    expect(isAlive(first)).toBe(true)
    await told.stop()
    expect(isAlive(first)).toBe(false)
    rmSync(pidFile)

    const module = JSON.stringify(new URL("../launch/redis.mjs", import.meta.url).href)
    const source =
      `import { redisFrom } from ${module}; const { signal } = new AbortController(); ` +
      `await redisFrom({ env: process.env, logs: ${JSON.stringify(folder)}, signal })`
    const demo = spawn(process.execPath, ["--input-type=module", "--eval", source], { env })
    while (!existsSync(pidFile)) await sleep(20)
    const second = pidOf(pidFile)
    demo.kill("SIGKILL")
    await once(demo, "exit")
    while (isAlive(second)) await sleep(20)
  })
})

/** A folder with a redis-server that listens as it is told and answers nobody. @param {string} pidFile */
function standIn(pidFile) {
  const script = [
    `#!${process.execPath}`,
    "const port = process.argv[process.argv.indexOf('--port') + 1]",
    "const { renameSync, writeFileSync } = require('node:fs')",
    `writeFileSync(${JSON.stringify(`${pidFile}.new`)}, String(process.pid))`,
    `renameSync(${JSON.stringify(`${pidFile}.new`)}, ${JSON.stringify(pidFile)})`,
    "require('node:net').createServer().listen(port, '127.0.0.1')",
  ]
  const program = join(folder, "redis-server")
  writeFileSync(program, script.join("\n"))
  chmodSync(program, 0o755)
  return folder
}

/** @param {string} file */
function pidOf(file) {
  return Number(readFileSync(file, "utf8"))
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
