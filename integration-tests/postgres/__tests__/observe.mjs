/** What the specs look at from outside: SQL answers, processes, folders. */
import { mkdtempSync, readlinkSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"

/** @param {string} url @param {string} sql @returns {Promise<string>} the first column of the first row */
export async function ask(url, sql) {
  const client = new pg.Client({ connectionString: url })
  client.on("error", () => {})
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" })
    return String(rows[0]?.[0])
  } finally {
    await client.end()
  }
}

/** @param {string} url @returns {Promise<{ pid: number, cluster: string }>} */
export async function serverBehind(url) {
  const pid = Number((await ask(url, "SELECT pg_read_file('postmaster.pid')")).split("\n")[0])
  const named = await ask(url, "SHOW data_directory")
  return { pid, cluster: named === "/proc/self/cwd" ? readlinkSync(`/proc/${pid}/cwd`) : named }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** @param {() => boolean} condition resolves when it holds; jest's time limit ends the wait */
export async function until(condition) {
  while (!condition()) await sleep(20)
}

/** Temporary folders, of which none is left. @returns {{ make(): string, removeAll(): void }} */
export function temporaryFolders() {
  /** @type {string[]} */
  const made = []
  return {
    make() {
      const folder = join(mkdtempSync(join(tmpdir(), "local-postgres-spec-")), "data")
      made.push(dirname(folder))
      return folder
    },
    removeAll() {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
    },
  }
}
