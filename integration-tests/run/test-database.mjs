import { randomBytes } from "node:crypto"
import { databaseFrom } from "local-postgres"

/**
 * The one database server of a run, there from the moment a step first needs it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} log
 */
export function testDatabase(env, log) {
  /** @type {Promise<import("local-postgres").Database> | undefined} */
  let starting
  const run = `medusa_test_${randomBytes(6).toString("hex")}`
  return {
    /**
     * @returns {Promise<NodeJS.ProcessEnv>} what the specs read. TEST_DATABASES is how the names of their databases
     *   begin; they share one migrated database of this run, and all are dropped at its end
     */
    async settings() {
      starting ??= databaseFrom(env, { log })
      return { ...settingsOf(await starting), TEST_DATABASES: run }
    },
    async stop() {
      // A start that failed has been told to the step that wanted it.
      const database = await starting?.catch(() => undefined)
      await database?.dropDatabases(run)
      await database?.stop()
    },
  }
}

const LOOPBACK = ["127.0.0.1", "::1"]

/**
 * @param {Pick<import("local-postgres").Database, "host" | "port" | "user" | "password">} database
 * @returns {NodeJS.ProcessEnv}
 */
export function settingsOf({ host, port, user, password }) {
  return {
    // Medusa's utilities for tests want TLS of every host that is not called "localhost", and hang
    // where there is none.
    DB_HOST: LOOPBACK.includes(host) ? "localhost" : host,
    DB_PORT: String(port),
    DB_USERNAME: user,
    DB_PASSWORD: password,
  }
}
