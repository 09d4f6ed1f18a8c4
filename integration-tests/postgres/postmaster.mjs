import { readFileSync, readlinkSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { SetupProblem } from "./problems.mjs"

/**
 * What `postmaster.pid` in a cluster says about the server that wrote it, held against the process
 * that has its number now.
 *
 * - `none`: nobody runs here
 * - `reused`: a server crashed, and its number now belongs to some other program
 * - `running`, `stopping`: it lives
 *
 * @typedef {{ state: "none" } | { state: "reused" | "running" | "stopping", pid: number }} Postmaster
 */

const PATIENCE_MS = { running: 5_000, stopping: 60_000 }

/**
 * Waits for a server that is about to leave (its holder may just be noticing that the program it
 * served has died), and refuses when it stays.
 *
 * @param {string} cluster
 * @returns {Promise<{ reusedPid?: number }>} the number of a crashed server that another program has
 *   now. PostgreSQL itself would take that program for a server and refuse to start.
 */
export async function waitUntilUnused(cluster) {
  const since = Date.now()
  for (;;) {
    const postmaster = readPostmaster(cluster)
    if (postmaster.state === "none") return {}
    if (postmaster.state === "reused") return { reusedPid: postmaster.pid }
    if (Date.now() - since > PATIENCE_MS[postmaster.state]) throw inUse(cluster, postmaster.pid)
    await sleep(50)
  }
}

/**
 * @param {string} cluster
 * @param {number} [pid]
 */
export function inUse(cluster, pid) {
  const process = pid === undefined ? "another PostgreSQL" : `the running PostgreSQL ${pid}`
  const last = pid === undefined ? "" : ` If there is none, stop it with: kill -INT ${pid}`
  return new SetupProblem(
    `The database in ${cluster} is in use by ${process}: stop the program that started it ` +
      `(Ctrl-C in its terminal).${last}`
  )
}

/** @param {string} cluster @returns {Postmaster} */
export function readPostmaster(cluster) {
  let lines
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")
  } catch {
    return { state: "none" }
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return { state: "none" }
  if (!mayServe(pid, cluster)) return { state: "reused", pid }
  return { state: lines[7]?.startsWith("stopping") ? "stopping" : "running", pid }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // Another user's process can't be the server of this user's data.
    return false
  }
}

/**
 * A server works inside its cluster, which Linux shows. Where that can't be seen we believe the
 * file: two servers on one cluster would destroy it.
 *
 * @param {number} pid @param {string} cluster
 */
function mayServe(pid, cluster) {
  if (process.platform !== "linux") return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return true
  }
}
