/**
 * npm test                         everything but what has a command of its own: types, lint, unit, conformance, modules, http
 * npm test -- --only unit,http     the named steps
 * npm run test:deep                the step "deep": the whole fault matrix, longer models, floods and kills
 * npm run test:cluster             the step "cluster": several servers and a worker over one PostgreSQL and one Redis
 * npm run test:package             the step "package": what npm packs, as those who install it find it
 * npm run test:browser             the step "browser": shoppers and admins in Chromium, against the production build
 *
 * DATABASE_URL=postgres://... uses that server instead of the one that npm brings.
 *
 * The last line is "N passed, N failed" (", N skipped" where tests were), with "N needed a second run" before it where
 * a file of servers' tests failed once. The exit code is 0 when nothing failed and
 * each jest ran something.
 */
import path from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { preflight } from "./preflight.mjs"

preflight({
  need: [
    "typescript",
    "typescript7",
    "eslint",
    "prettier",
    "jest",
    "@medusajs/test-utils",
    "local-postgres",
  ],
  // Medusa writes into node_modules when it migrates.
  writable: [".", "node_modules"],
})

// Only now: without node_modules this import would fail with a stack trace instead of a sentence.
const { chooseSteps } = await import("./run/steps.mjs")
const { runSteps } = await import("./run/run-steps.mjs")

/** @type {import("./run/steps.mjs").Step[][]} */
let groups
try {
  const { values } = parseArgs({ options: { only: { type: "string" } } })
  groups = chooseSteps(values.only)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

process.exitCode = await runSteps(groups, {
  root: path.dirname(path.dirname(fileURLToPath(import.meta.url))),
  env: process.env,
  print: (line) => console.log(line),
})
