import { fork } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { SetupProblem } from "./problems.mjs"
import { startupProblem } from "./startup-failure.mjs"

/**
 * @typedef {import("./holder.mjs").Plan} Plan
 * @typedef {import("./holder.mjs").Report} Report
 */

const READY_WITHIN_MS = 120_000
const GONE_WITHIN_MS = 30_000

/**
 * Starts a holder and through it a server; resolves when the server accepts connections.
 *
 * @param {Plan} plan
 * @param {{ port: number, log: (line: string) => void }} options
 * @returns {Promise<{ stop(): Promise<void> }>}
 */
export async function startHeldServer(plan, { port, log }) {
  const holder = fork(fileURLToPath(new URL("holder.mjs", import.meta.url)), {
    cwd: "/",
    detached: true,
    // What this program was started with (a debugger's port, a loader) is not meant for the holder.
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: "" },
    // None of ours: whoever reads this program's output would wait until the holder has ended too.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  })
  const exited = once(holder, "exit")
  holder.send(plan)

  const report = await firstReport(holder, exited)
  if (report.type !== "ready") {
    holder.disconnect()
    await exited
    throw report.type === "failed"
      ? startupProblem(report.failure, { ...plan, port })
      : new SetupProblem(
          `PostgreSQL was not ready within ${READY_WITHIN_MS / 1000} seconds in ${plan.folder}: ` +
            "see whether this machine is very busy, or set DATABASE_URL to a PostgreSQL server you have."
        )
  }
  holder.on("message", (/** @type {Report} */ later) => {
    if (later.type === "died") log(`PostgreSQL ended by itself:\n${later.lines.join("\n")}`)
  })
  // A program that forgets to stop us can end all the same; the holder sees it and cleans up.
  holder.unref()
  holder.channel?.unref()

  const { pid } = report
  return {
    async stop() {
      holder.ref()
      if (holder.connected) holder.disconnect()
      if (holder.exitCode === null && holder.signalCode === null) await exited
      // Somebody killed the holder: then nobody else stops its server.
      if (holder.signalCode !== null) await stopOrphan(pid, plan)
    },
  }
}

/**
 * @param {import("node:child_process").ChildProcess} holder
 * @param {Promise<unknown>} exited
 * @returns {Promise<Report | { type: "late" }>}
 */
async function firstReport(holder, exited) {
  const aborter = new AbortController()
  const { signal } = aborter
  try {
    return await Promise.race([
      once(holder, "message", { signal }).then(([message]) => message),
      exited.then(() => ({ type: "failed", failure: { program: "postgres", lines: [] } })),
      sleep(READY_WITHIN_MS, { type: "late" }, { signal }),
    ])
  } finally {
    aborter.abort()
  }
}

/** @param {number} pid @param {Plan} plan */
async function stopOrphan(pid, { temporary, folder }) {
  const since = Date.now()
  while (signalled(pid, "SIGINT") && Date.now() - since < GONE_WITHIN_MS) await sleep(50)
  if (temporary) rmSync(folder, { recursive: true, force: true })
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalled(pid, signal) {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
