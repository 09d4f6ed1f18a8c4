/**
 * What `npm test` does, in this order.
 *
 * @typedef {{ name: string, heading: string, besidePrevious?: boolean } & (ChecksStep | JestStep)} Step
 *   `besidePrevious`: runs at the same time as the one before it
 *
 * @typedef {object} ChecksStep each command counts as one check
 * @property {"checks"} kind
 * @property {{ name: string, program: string, arguments: string[] }[]} checks `program`: below
 *   node_modules
 *
 * @typedef {object} JestStep
 * @property {"jest"} kind
 * @property {string} testType jest.config.js knows what that means
 * @property {boolean} needsDatabase
 * @property {boolean} [printsTests] a line for each test, and the tables that the tests write
 * @property {string[]} arguments
 */

const TSC = "typescript/bin/tsc"

// Each spec has a database and ports of its own, so that two can run at once. Medusa keeps timers after the last test.
// What a file leaves in the memory goes with its process: together they are more than Node has room for. Jest takes a
// number up to 1 for a share of all memory there is, and a file's process for the next one's as long as it is below.
const TWO_AT_ONCE = ["--maxWorkers=2", "--workerIdleMemoryLimit=1MB", "--forceExit"]

/** @type {Step[]} */
export const STEPS = [
  {
    name: "types",
    heading: "Type check",
    kind: "checks",
    checks: [
      { name: "plugin", program: TSC, arguments: ["--noEmit", "-p", "tsconfig.json"] },
      { name: "tests", program: TSC, arguments: ["--noEmit", "-p", "tsconfig.check.json"] },
      { name: "demo store", program: TSC, arguments: ["--noEmit", "-p", "demo/tsconfig.json"] },
      { name: "demo", program: TSC, arguments: ["--noEmit", "-p", "demo/tsconfig.check.json"] },
      {
        name: "storefront",
        program: TSC,
        arguments: ["--noEmit", "-p", "demo/storefront/tsconfig.json"],
      },
    ],
  },
  {
    name: "lint",
    heading: "Lint and format",
    besidePrevious: true,
    kind: "checks",
    checks: [
      { name: "eslint", program: "eslint/bin/eslint.js", arguments: ["."] },
      { name: "prettier", program: "prettier/bin/prettier.cjs", arguments: ["--check", "."] },
    ],
  },
  {
    name: "unit",
    heading: "Unit tests",
    besidePrevious: true,
    kind: "jest",
    testType: "unit",
    needsDatabase: false,
    // With one worker, as on two cores, Jest runs all files in its own process, which keeps what they load.
    arguments: ["--maxWorkers=2", "--workerIdleMemoryLimit=1GB"],
  },
  {
    name: "conformance",
    heading: "Conformance of each gateway",
    kind: "jest",
    testType: "conformance",
    needsDatabase: false,
    printsTests: true,
    // The tests wait for time-outs more than they work.
    arguments: ["--maxWorkers=4"],
  },
  {
    name: "modules",
    heading: "Modules on a real database",
    kind: "jest",
    testType: "integration:modules",
    needsDatabase: true,
    // Two Medusa modules in one process of jest's disturb each other: each file has one of its own.
    arguments: TWO_AT_ONCE,
  },
  {
    name: "integration",
    heading: "Integration with a real Medusa",
    kind: "jest",
    testType: "integration:http",
    needsDatabase: true,
    arguments: TWO_AT_ONCE,
  },
  {
    name: "deep",
    heading: "Nothing that was paid is lost: floods, forgeries, kills and faults",
    kind: "jest",
    testType: "deep",
    needsDatabase: true,
    printsTests: true,
    arguments: TWO_AT_ONCE,
  },
]

/**
 * @param {string | undefined} only as typed: "unit,integration"
 * @returns {Step[]}
 * @throws {RangeError} with a sentence when a name is unknown
 */
export function chooseSteps(only, steps = STEPS) {
  if (only === undefined) return steps
  const wanted = only.split(",").map((name) => name.trim())
  const unknown = wanted.find((name) => !steps.some((step) => step.name === name))
  if (unknown !== undefined) {
    throw new RangeError(
      `There is no step "${unknown}"; --only takes: ${steps.map(({ name }) => name).join(", ")}`
    )
  }
  return steps.filter(({ name }) => wanted.includes(name))
}
