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
  return {
    /** @returns {Promise<NodeJS.ProcessEnv>} what Medusa's test runner reads */
    async settings() {
      starting ??= databaseFrom(env, { log })
      return settingsOf(await starting)
    },
    async stop() {
      // A start that failed has been told to the step that wanted it.
      const database = await starting?.catch(() => undefined)
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
    // Medusa's test runner wants TLS of every host that is not called "localhost", and hangs where
    // there is none.
    DB_HOST: LOOPBACK.includes(host) ? "localhost" : host,
    DB_PORT: String(port),
    DB_USERNAME: user,
    DB_PASSWORD: password,
  }
}
