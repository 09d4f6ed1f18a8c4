import { spawn } from "node:child_process"
import { closeSync, fchownSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { codeOf } from "./problems.mjs"

/**
 * @typedef {object} Program one of PostgreSQL's, at work on one cluster
 * @property {"initdb" | "postgres"} name
 * @property {string} bin
 * @property {string} cluster an existing folder, owned by the user who runs it
 * @property {string[]} arguments without the one that names the cluster
 * @property {import("./server-account.mjs").Account} [account] of another user who runs it
 * @property {number} [reusedPid]
 * @property {string} [password] what initdb shall give to the user `postgres`
 */

/**
 * @typedef {object} Ended
 * @property {number | null} code
 * @property {string} [errorCode] it could not be run: "ENOENT", "EACCES"
 * @property {string[]} lines the last it wrote to stderr, in English
 */

const LINES_KEPT = 40

/**
 * @param {Program} program
 * @param {(line: string) => void} [onLine]
 * @returns {{ process: import("node:child_process").ChildProcess, ended: Promise<Ended> }}
 */
export function runProgram(program, onLine = () => {}) {
  const passwordFile =
    program.password === undefined ? undefined : openUnlinked(program.password, program.account)
  const passwordArgument = passwordFile === undefined ? [] : ["--pwfile=/dev/fd/3"]
  const child = spawn(
    join(program.bin, program.name),
    ["-D", clusterAsSeenFromInside(program), ...program.arguments, ...passwordArgument],
    {
      ...program.account,
      cwd: program.cluster,
      env: environment(program),
      stdio: ["ignore", "ignore", "pipe", passwordFile ?? "ignore"],
    }
  )
  if (passwordFile !== undefined) closeSync(passwordFile)
  /** @type {string[]} */
  const lines = []
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line)
      if (lines.length > LINES_KEPT) lines.shift()
      onLine(line)
    })
  }
  /** @type {Promise<Ended>} */
  const ended = new Promise((resolve) => {
    child.once("error", (error) =>
      resolve({
        code: null,
        errorCode: codeOf(error) ?? error.message,
        lines,
      })
    )
    child.once("close", (code) => resolve({ code, lines }))
  })
  return { process: child, ended }
}

/**
 * Another user may be unable to walk to the cluster: a clone under /root, a home of mode 0700. He
 * does not have to. We enter the folder while we are still root, and from then on /proc/self/cwd
 * leads there without passing its parents, for the server and for every process it forks, since
 * none of them leaves the cluster.
 *
 * @param {Program} program
 */
function clusterAsSeenFromInside({ account, cluster }) {
  return account === undefined ? cluster : "/proc/self/cwd"
}

/**
 * Nothing of the caller's: PGDATA, PGPORT or PGOPTIONS of his own would change what we start.
 *
 * @param {Program} program
 * @returns {NodeJS.ProcessEnv}
 */
function environment({ reusedPid }) {
  return {
    PATH: process.env.PATH,
    LC_ALL: "C", // we read the server's messages, so they must be in English
    TZ: "UTC",
    // What pg_ctl tells the server so that it does not take a process for another server. The
    // alternative, removing the crashed server's postmaster.pid, would also switch off the
    // server's check that nobody is left who still writes to the same data.
    ...(reusedPid === undefined ? {} : { PG_GRANDPARENT_PID: String(reusedPid) }),
  }
}

/**
 * initdb takes the password from a file only. This one has no name any more when initdb reads it.
 *
 * @param {string} password
 * @param {Program["account"]} account who shall be able to read it
 * @returns {number} file descriptor
 */
function openUnlinked(password, account) {
  const folder = mkdtempSync(join(tmpdir(), "local-postgres-"))
  try {
    const file = join(folder, "password")
    writeFileSync(file, `${password}\n`, { mode: 0o600 })
    const descriptor = openSync(file, "r")
    if (account !== undefined) fchownSync(descriptor, account.uid, account.gid)
    return descriptor
  } finally {
    rmSync(folder, { recursive: true })
  }
}
