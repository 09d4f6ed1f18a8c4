/**
 * The process that stands between a program and its PostgreSQL, and outlives the program by a
 * moment. The channel to the program closes however the program ends, SIGKILL included; then the
 * server is stopped in order and what was temporary is removed.
 *
 * It is started in a process group of its own: Ctrl-C in a terminal goes to the program's whole
 * group, and must not take the database away while the program is still shutting down.
 */
import { chownSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { runProgram } from "./server-program.mjs"

/**
 * @typedef {object} Plan what to do: the one message the program sends
 * @property {string} bin folder of PostgreSQL's programs
 * @property {string} folder
 * @property {string} cluster inside `folder`
 * @property {boolean} temporary whether `folder` is removed at the end
 * @property {{ password: string, arguments: string[] }} [initialise] where there is no cluster yet
 * @property {string[]} serverArguments
 * @property {import("./server-account.mjs").Account} [account] of another user who runs the server
 * @property {number} [reusedPid]
 */

/**
 * @typedef {{ type: "ready", pid: number }
 *   | { type: "failed", failure: import("./startup-failure.mjs").Failure }
 *   | { type: "died", lines: string[] }} Report what the program is told
 */

const PATIENCE_MS = 30_000

/** @type {import("node:child_process").ChildProcess | undefined} */
let running
let stopping = false

process.once("message", hold)
process.once("disconnect", stop)
process.on("SIGINT", stop)
process.on("SIGTERM", stop)
process.on("SIGHUP", stop)

/** @param {Plan} plan */
async function hold(plan) {
  try {
    const hasCluster = plan.initialise === undefined || (await initialise(plan, plan.initialise))
    if (hasCluster && !stopping) await serve(plan)
  } catch (error) {
    report({ type: "failed", failure: { program: "initdb", lines: [String(error)] } })
  } finally {
    if (plan.temporary) remove(plan.folder)
    if (process.connected) process.disconnect()
  }
}

/**
 * @param {Plan} plan
 * @param {NonNullable<Plan["initialise"]>} settings
 * @returns {Promise<boolean>} whether there is a cluster now
 */
async function initialise({ bin, folder, cluster, account }, settings) {
  // Renamed when it is whole: a first start that is interrupted leaves no half cluster behind.
  const draft = join(folder, `cluster.${process.pid}`)
  mkdirSync(draft, { mode: 0o700 })
  if (account !== undefined) chownSync(draft, account.uid, account.gid)
  const initdb = runProgram({ name: "initdb", bin, cluster: draft, account, ...settings })
  running = initdb.process
  const ended = await initdb.ended
  if (ended.code === 0 && !stopping) {
    putInPlace(draft, cluster)
    return true
  }
  remove(draft)
  if (!stopping) report({ type: "failed", failure: { program: "initdb", ...ended } })
  return false
}

/** @param {string} draft @param {string} cluster */
function putInPlace(draft, cluster) {
  try {
    renameSync(draft, cluster)
  } catch (error) {
    // Of two first starts at once the other was faster. Its server has the cluster, and ours will
    // be told so.
    if (!existsSync(cluster)) throw error
    remove(draft)
  }
}

/** @param {Plan} plan */
async function serve({ bin, cluster, account, reusedPid, serverArguments }) {
  let ready = false
  let portTaken = false
  const server = runProgram(
    { name: "postgres", bin, cluster, account, reusedPid, arguments: serverArguments },
    (line) => {
      if (ready) return
      if (line.includes("Address already in use")) {
        // With one of localhost's addresses taken PostgreSQL warns and serves the other, and half
        // of the clients would talk to a stranger.
        portTaken = true
        server.process.kill("SIGINT")
      }
      if (line.includes("database system is ready to accept connections") && !portTaken) {
        ready = true
        report({ type: "ready", pid: Number(server.process.pid) })
      }
    }
  )
  running = server.process
  const ended = await server.ended
  if (stopping) return
  if (ready) report({ type: "died", lines: ended.lines })
  else report({ type: "failed", failure: { program: "postgres", ...ended } })
}

function stop() {
  if (stopping) return
  stopping = true
  running?.kill("SIGINT") // "fast": open connections are cut, what was committed is kept
  setTimeout(() => running?.kill("SIGQUIT"), PATIENCE_MS).unref()
  if (running === undefined && process.connected) process.disconnect()
}

/** @param {Report} message */
function report(message) {
  // The program may be gone already; then nobody needs to know.
  if (process.connected) process.send?.(message, () => {})
}

/** @param {string} folder */
function remove(folder) {
  // A process of initdb's may be writing its last while we remove.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
