import { codeOf, messageOf, SetupProblem } from "./problems.mjs"

const DUPLICATE_DATABASE = "42P04"
// Two who create the same database at the same moment: the loser meets the unique index.
const UNIQUE_VIOLATION = "23505"

/**
 * @param {string} url of any database on the server
 * @param {string} name of the new one. No error when it exists
 */
export async function createDatabase(url, name) {
  await withClient(url, async (client) => {
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
    } catch (error) {
      const code = codeOf(error)
      if (code === DUPLICATE_DATABASE || code === UNIQUE_VIOLATION) return
      throw new SetupProblem(
        `The database "${name}" could not be created on ${client.host}:${client.port}: ${messageOf(error)}`
      )
    }
  })
}

/**
 * @param {string} url of a database on the server that does not go
 * @param {string} beginning how the names of those begin that go, with whoever is connected to them
 */
export async function dropDatabases(url, beginning) {
  await withClient(url, async (client) => {
    const { rows } = await client.query(
      "select datname from pg_database where starts_with(datname::text, $1)",
      [beginning]
    )
    for (const { datname } of rows) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(datname)} WITH (FORCE)`)
    }
  })
}

/**
 * @param {string} url
 * @returns {Promise<void>} rejects with a sentence when nobody answers there, or not to this user
 */
export async function assertAnswers(url) {
  await withClient(url, async () => {})
}

/**
 * @param {string} url
 * @param {(client: import("pg").Client) => Promise<void>} use
 */
async function withClient(url, use) {
  // Loaded when needed: starting a server takes no package but the binaries.
  const { default: pg } = await import("pg")
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // A server that stops ends the connection with an error event, which would end this program.
  client.on("error", () => {})
  try {
    await client.connect()
  } catch (error) {
    throw new SetupProblem(
      `No connection to PostgreSQL at ${client.host}:${client.port} as "${client.user}": ${messageOf(error)}`
    )
  }
  try {
    await use(client)
  } finally {
    await client.end()
  }
}
