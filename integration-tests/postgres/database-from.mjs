import { assertAnswers, createDatabase, dropDatabases } from "./create-database.mjs"
import { SetupProblem } from "./problems.mjs"
import { startPostgres } from "./start-postgres.mjs"

/**
 * @typedef {import("./start-postgres.mjs").Database} Database
 * @typedef {import("./start-postgres.mjs").StartOptions} StartOptions
 */

/**
 * The server to work with: the one DATABASE_URL names, where it is set, else one of our own.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {StartOptions} [options] for a server of our own
 * @returns {Promise<Database>} rejects with a SetupProblem
 */
export async function databaseFrom(env, options = {}) {
  // Set and empty is how a .env file says "not set".
  if (env.DATABASE_URL === undefined || env.DATABASE_URL === "") return startPostgres(options)
  const database = parseDatabaseUrl(env.DATABASE_URL)
  await assertAnswers(database.url)
  options.log?.(`Using the PostgreSQL of DATABASE_URL at ${database.host}:${database.port}`)
  return database
}

/**
 * @param {string} text of the form postgres://user:password@host:port/name. It holds a password, so
 *   no message repeats it
 * @returns {Database}
 */
export function parseDatabaseUrl(text) {
  const form = "postgres://user:password@localhost:5432/name"
  if (!URL.canParse(text)) throw new SetupProblem(`DATABASE_URL is no URL: write ${form}`)
  const url = new URL(text)
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:") {
    throw new SetupProblem(`DATABASE_URL begins with ${url.protocol}// and must be: ${form}`)
  }
  if (url.hostname === "" || url.username === "" || url.pathname.length < 2) {
    throw new SetupProblem(
      `DATABASE_URL must name a user, a host and a database that exists: write ${form}`
    )
  }
  return {
    url: text,
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? 5432 : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    createDatabase: (name) => createDatabase(text, name),
    dropDatabases: (beginning) => dropDatabases(text, beginning),
    databaseUrl: (name) => {
      const other = new URL(text)
      other.pathname = `/${encodeURIComponent(name)}`
      return other.href
    },
    stop: async () => {},
  }
}
