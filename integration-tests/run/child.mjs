import { spawn } from "node:child_process"
import { createInterface } from "node:readline"

/**
 * @typedef {object} Ended
 * @property {number | null} exitCode null when a signal ended it
 * @property {string} output stdout and stderr, the last LINES_KEPT lines
 */

const LINES_KEPT = 2_000
const PATIENCE_MS = 5_000

/**
 * Runs a JavaScript program under this Node and keeps what it prints to itself.
 *
 * @param {string} script
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} options.env
 * @param {AbortSignal} options.signal ends it, with all that it started
 * @param {(line: string, end: () => void) => void} [options.onLine]
 * @returns {Promise<Ended>}
 */
export async function runScript(script, args, { cwd, env, signal, onLine = () => {} }) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env,
    // A group of its own: ended as a whole, with jest's workers and what they started.
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  })
  const end = () => endGroup(child)
  if (signal.aborted) end()
  signal.addEventListener("abort", end, { once: true })
  /** @type {string[]} */
  const lines = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line)
      if (lines.length > LINES_KEPT) lines.shift()
      onLine(line, end)
    })
  }
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject)
      child.once("close", (exitCode) => resolve({ exitCode, output: lines.join("\n") }))
    })
  } finally {
    signal.removeEventListener("abort", end)
  }
}

/** @param {import("node:child_process").ChildProcess} child */
function endGroup(child) {
  signalGroup(child, "SIGTERM")
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), PATIENCE_MS)
  child.once("close", () => clearTimeout(timer))
}

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup({ pid }, signal) {
  if (pid === undefined) return
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal)
  } catch {
    // Already gone.
  }
}
