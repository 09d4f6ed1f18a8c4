import { spawn } from "node:child_process"
import { constants, getPriority, setPriority } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"

/** @typedef {{ exitCode: number | null, output: string }} Ended `exitCode` null: by a signal; `output`: its last lines */

const LINES_KEPT = 2_000
const PATIENCE_MS = 5_000

/**
 * Runs a program of a package under this Node, in a process group of its own that an interruption ends as a whole.
 *
 * @param {string} program below node_modules
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {import("./run-steps.mjs").Run} run
 * @param {object} [ways]
 * @param {(line: string) => boolean} [ways.isPrinted] which of its lines are shown at once
 * @param {boolean} [ways.givesWay] whether it leaves the processor to the others
 * @returns {Promise<Ended>}
 */
export async function runProgram(
  program,
  args,
  env,
  { root, signal, print },
  { isPrinted = () => false, givesWay = false } = {}
) {
  const child = spawn(process.execPath, [join(root, "node_modules", program), ...args], {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  })
  if (givesWay) giveWay(child)
  const end = () => endGroup(child)
  if (signal.aborted) end()
  signal.addEventListener("abort", end, { once: true })
  /** @type {string[]} */
  const lines = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line)
      if (lines.length > LINES_KEPT) lines.shift()
      if (isPrinted(line)) print(line)
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

/** @param {import("node:child_process").ChildProcess} child what it starts itself gives way, too */
function giveWay({ pid }) {
  if (pid === undefined) return
  try {
    setPriority(pid, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL))
  } catch {
    // Already gone, or a system that has no priorities: it only takes longer then.
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
