/**
 * Runs work with a PostgreSQL: of the server that DB_HOST and the others name, as in the tests, else of one that is
 * started for it and removed afterwards.
 */
export async function withDatabase<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.env.DB_HOST !== undefined) {
    return await work()
  }
  const { databaseFrom } = await import("local-postgres")
  const { settingsOf } = await import("../../integration-tests/run/test-database.mjs")
  const database = await databaseFrom(process.env, { log: () => undefined })
  try {
    Object.assign(process.env, settingsOf(database))
    return await work()
  } finally {
    await database.stop()
  }
}
