import { spawn } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { SetupProblem } from "local-postgres"

const DIES_WITH_PARENT = new URL("./dies-with-parent.mjs", import.meta.url).href
const PATIENCE_MS = 15_000
const LINES_SHOWN = 30

/**
 * @typedef {object} Program a script that Node runs
 * @property {string} what for sentences: "the plugin's build"
 * @property {string} script
 * @property {string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {string} log the file that takes its output, begun anew
 */

/**
 * Runs a program to its end.
 *
 * @param {Program} program
 * @param {AbortSignal} signal
 */
export async function run(program, signal) {
  signal.throwIfAborted()
  const child = launch(program)
  const end = () => child.kill("SIGTERM")
  signal.addEventListener("abort", end, { once: true })
  const [code] = await once(child, "exit")
  signal.removeEventListener("abort", end)
  signal.throwIfAborted()
  if (code !== 0) throw failed(program)
}

/**
 * Starts a program that stays.
 *
 * @param {Program} program
 * @returns {{ died: Promise<never>, stop: () => Promise<void> }} `died` rejects when it ends unasked
 */
export function start(program) {
  const child = launch(program)
  let stopping = false
  const exited = once(child, "exit")
  const watch = async () => {
    await exited
    if (stopping) await new Promise(() => {})
    throw failed(program)
  }
  const died = watch()
  // Whoever waits for something else at that moment must not be ended by an unhandled rejection.
  died.catch(() => {})
  return {
    died,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill("SIGTERM")
      const impatient = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS)
      await exited
      clearTimeout(impatient)
    },
  }
}

/**
 * Waits until a program that was started does its work; one that ends before that, or is cut off, is stopped.
 *
 * @param {ReturnType<typeof start>} program
 * @param {(signal: AbortSignal) => Promise<boolean>} isReady asked again and again
 * @param {AbortSignal} signal
 */
export async function untilReady({ died, stop }, isReady, signal) {
  const decided = new AbortController()
  // Whoever still asks when the program has ended would keep this process from ending.
  const either = AbortSignal.any([signal, decided.signal])
  const ready = async () => {
    while (!(await isReady(either))) await sleep(100, undefined, { signal: either })
  }
  try {
    await Promise.race([died, ready()])
  } catch (error) {
    await stop()
    throw error
  } finally {
    decided.abort()
  }
}

/** @param {Program} program */
function launch({ script, args, cwd, env, log }) {
  mkdirSync(dirname(log), { recursive: true })
  const output = openSync(log, "w", 0o600)
  const child = spawn(process.execPath, ["--import", DIES_WITH_PARENT, script, ...args], {
    cwd,
    env,
    stdio: ["ignore", output, output, "ipc"],
    // A process group of its own: Ctrl-C reaches only us, and we stop things in order.
    detached: true,
    // On Windows that would open a window for each.
    windowsHide: true,
  })
  closeSync(output)
  return child
}

/** @param {Program} program */
function failed({ what, log }) {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-LINES_SHOWN).map(readable)
  return new SetupProblem(`${what} failed. The end of ${log}:\n\n${lines.join("\n")}`)
}

/**
 * In production Medusa logs JSON; a person wants its message.
 *
 * @param {string} line
 */
function readable(line) {
  try {
    return String(JSON.parse(line).message ?? line)
  } catch {
    return line
  }
}

/**
 * @param {string} specifier of a package's file
 * @returns {string} the path Node would load
 */
export function scriptOf(specifier) {
  return fileURLToPath(import.meta.resolve(specifier))
}
