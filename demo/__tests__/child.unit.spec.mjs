import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals"
import { run, start, untilReady } from "../launch/child.mjs"

let folder = ""
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "child-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

const STAYS = "process.stdout.write('here'); setInterval(() => {}, 1000)"

/** @param {string} source */
function program(source) {
  const script = join(folder, "script.mjs")
  writeFileSync(script, source)
  const log = join(folder, "script.log")
  return { what: "The script", script, args: [], cwd: folder, env: process.env, log }
}

/** @param {() => boolean} condition */
async function until(condition) {
  while (!condition()) await sleep(20)
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe("run", () => {
  it("says what failed, and shows the messages of a log that is JSON", async () => {
    const failing = program(
      `console.log(JSON.stringify({ level: "error", message: "no such table" })); process.exit(3)`
    )
    await expect(run(failing, new AbortController().signal)).rejects.toThrow(
      /The script failed.*script\.log:\n\nno such table/s
    )
  })

  it("ends the program when it is cut off", async () => {
    const controller = new AbortController()
    const staying = program(STAYS)
    const ended = run(staying, controller.signal)
    await until(() => readFileSync(staying.log, "utf8") === "here")
    controller.abort()
    await expect(ended).rejects.toThrow("aborted")
  })

  it("starts nothing after it was cut off", async () => {
    const late = program(`await import("node:fs").then((fs) => fs.writeFileSync("ran", ""))`)
    await expect(run(late, AbortSignal.abort())).rejects.toThrow("aborted")
  })

  it("lets a program end that has done its work", async () => {
    await run(program("console.log('done')"), new AbortController().signal)
    expect(readFileSync(join(folder, "script.log"), "utf8")).toBe("done\n")
  })
})

describe("start", () => {
  it("tells when the program ends unasked", async () => {
    const { died } = start(program("process.exit(0)"))
    await expect(died).rejects.toThrow("The script failed")
  })

  it("does not call it a failure when it was asked to stop", async () => {
    const staying = program(STAYS)
    const { died, stop } = start(staying)
    await until(() => readFileSync(staying.log, "utf8") === "here")
    await stop()
    expect(await Promise.race([died, sleep(50, "quiet")])).toBe("quiet")
  })

  it("leaves nothing behind when the parent is killed", async () => {
    const staying = program("console.log(process.pid); setInterval(() => {}, 1000)")
    const module = JSON.stringify(new URL("../launch/child.mjs", import.meta.url).href)
    const source = `import { start } from ${module}; start(${JSON.stringify({ ...staying, env: {} })})`
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", source])
    await until(() => /^\d+\n/.test(readIfThere(staying.log)))
    const pid = Number(readFileSync(staying.log, "utf8"))
    expect(isAlive(pid)).toBe(true)
    parent.kill("SIGKILL")
    await once(parent, "exit")
    await until(() => !isAlive(pid))
  })
})

describe("untilReady", () => {
  const { signal } = new AbortController()

  it("asks until it is, and no more after that or once the program has ended", async () => {
    const staying = start(program(STAYS))
    const answers = [false, false, true]
    await untilReady(staying, async () => answers.shift() ?? false, signal)
    expect(answers).toEqual([])
    await staying.stop()

    /** @type {AbortSignal | undefined} */
    let given
    const isReady = async (/** @type {AbortSignal} */ signal) => {
      given = signal
      return false
    }
    await expect(untilReady(start(program("process.exit(1)")), isReady, signal)).rejects.toThrow(
      "The script failed"
    )
    expect(given?.aborted).toBe(true)
  })

  it("ends the program when it is cut off", async () => {
    const controller = new AbortController()
    const staying = program("console.log(process.pid); setInterval(() => {}, 1000)")
    const waiting = untilReady(start(staying), async () => false, controller.signal)
    await until(() => /^\d+\n/.test(readIfThere(staying.log)))
    controller.abort()
    await expect(waiting).rejects.toThrow("aborted")
    expect(isAlive(Number(readFileSync(staying.log, "utf8")))).toBe(false)
  })
})

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}
