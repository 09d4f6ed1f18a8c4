import { spawn } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { startPostgres } from "../index.mjs"

/**
 * @typedef {import("../index.mjs").Database} Database
 * @typedef {import("../index.mjs").StartOptions} StartOptions
 */

/** The servers of one spec, and the programs that have servers. None outlives its test. */
export function startedServers() {
  /** @type {Database[]} */
  const started = []
  /** @type {import("node:child_process").ChildProcess[]} */
  const children = []
  return {
    /** @param {StartOptions} [options] */
    async start(options) {
      const database = await startPostgres(options)
      started.push(database)
      return database
    },

    /**
     * Another program that starts a server, to be killed.
     *
     * @param {StartOptions} options
     * @returns {Promise<{ url: string, child: import("node:child_process").ChildProcess }>}
     */
    async startServingProgram(options) {
      const script = fileURLToPath(new URL("serving-program.mjs", import.meta.url))
      const child = spawn(process.execPath, [script, JSON.stringify(options)], {
        // A group of its own, as the shell gives to what is started in a terminal.
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
      })
      children.push(child)
      const failed = once(child, "exit").then(([code]) => {
        throw new Error(`The program ended with ${code} before it had a server`)
      })
      const [url] = await Promise.race([
        once(createInterface({ input: child.stdout }), "line"),
        failed,
      ])
      failed.catch(() => {}) // from here on it may end
      return { url, child }
    },

    async stopAll() {
      for (const child of children.splice(0)) child.kill("SIGKILL")
      await Promise.all(started.splice(0).map((database) => database.stop()))
    },
  }
}
