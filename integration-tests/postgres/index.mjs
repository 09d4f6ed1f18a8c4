export { databaseFrom } from "./database-from.mjs"
export { SetupProblem } from "./problems.mjs"
export { startPostgres } from "./start-postgres.mjs"

/**
 * @typedef {import("./start-postgres.mjs").Database} Database
 * @typedef {import("./start-postgres.mjs").StartOptions} StartOptions
 */
