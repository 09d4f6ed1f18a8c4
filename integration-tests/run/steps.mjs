/**
 * @typedef {object} Check a program that succeeds or fails, and counts as one test
 * @property {string} name
 * @property {string} program below node_modules
 * @property {string[]} arguments
 *
 * @typedef {object} Step
 * @property {string} name for `--only`
 * @property {Check[]} [checks]
 * @property {string[]} [projects] of jest.config.js
 * @property {NodeJS.ProcessEnv} [env] what its tests read, where the caller has not set it
 * @property {boolean} [onlyWhenNamed] not part of a run without `--only`
 */

// The native compiler checks six programs in a fifth of the time. What needs TypeScript's API (ESLint, the build) has
// version 5 beside it. Several threads would each check what all files share again, and there is other work for the cores.
const TSC = "typescript7/bin/tsc"

/**
 * What `npm test` does. The tests of a group run at the same time, in as few jests as can be, and one group after the
 * other; the checks run beside all of them. What runs without a name is one group, so that no core waits for the
 * longest file of one kind while there are others.
 *
 * @type {Step[][]}
 */
export const GROUPS = [
  [
    {
      name: "types",
      checks: [
        "tsconfig.json",
        "tsconfig.check.json",
        "src/admin/tsconfig.json",
        "src/storefront/react/tsconfig.json",
        "demo/tsconfig.source.json",
        "demo/tsconfig.check.json",
        "demo/storefront/tsconfig.json",
      ].map((file) => ({
        name: file,
        program: TSC,
        arguments: ["--noEmit", "--singleThreaded", "-p", file],
      })),
    },
    {
      name: "lint",
      checks: [
        { name: "eslint", program: "eslint/bin/eslint.js", arguments: ["."] },
        { name: "prettier", program: "prettier/bin/prettier.cjs", arguments: ["--check", "."] },
      ],
    },
    { name: "unit", projects: ["unit", "scripts"] },
    { name: "conformance", projects: ["conformance"] },
    { name: "modules", projects: ["modules"] },
    { name: "http", projects: ["http"] },
  ],
  [{ name: "deep", projects: ["deep"], env: { FAULT_MATRIX: "all" }, onlyWhenNamed: true }],
  [{ name: "cluster", projects: ["cluster"], onlyWhenNamed: true }],
  [{ name: "package", projects: ["package"], onlyWhenNamed: true }],
  [{ name: "browser", projects: ["browser"], onlyWhenNamed: true }],
]

const LONG_PROJECTS = ["deep", "cluster"]
const PROJECTS_WITH_SHOP = ["http", ...LONG_PROJECTS]
const PROJECTS_WITH_DATABASE = ["modules", ...PROJECTS_WITH_SHOP]

/**
 * @param {string | undefined} only as typed: "unit,http"
 * @returns {Step[][]} without empty groups
 * @throws {RangeError} with a sentence when a name is unknown
 */
export function chooseSteps(only) {
  const names = GROUPS.flat().map(({ name }) => name)
  const wanted = only?.split(",").map((name) => name.trim())
  const unknown = wanted?.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new RangeError(`There is no step "${unknown}"; --only takes: ${names.join(", ")}`)
  }
  return GROUPS.map((group) =>
    group.filter(({ name, onlyWhenNamed }) => wanted?.includes(name) ?? onlyWhenNamed !== true)
  ).filter((group) => group.length > 0)
}

/** @param {string[]} projects @returns whether they run against real servers */
export function needsDatabase(projects) {
  return projects.some((project) => PROJECTS_WITH_DATABASE.includes(project))
}

/**
 * The jests that run projects at the same time: two shops in one process disturb each other, so those that boot one have
 * a jest of their own; so have those that run against a database alone, because only what runs against real servers may
 * need a second run.
 *
 * @param {string[]} projects
 * @returns {string[][]}
 */
export function jestsOf(projects) {
  const hasShop = (/** @type {string} */ project) => PROJECTS_WITH_SHOP.includes(project)
  const hasDatabase = (/** @type {string} */ project) => PROJECTS_WITH_DATABASE.includes(project)
  return [
    projects.filter((project) => !hasDatabase(project)),
    projects.filter((project) => hasDatabase(project) && !hasShop(project)),
    projects.filter(hasShop),
  ].filter(({ length }) => length > 0)
}

/**
 * Workers are renewed between two files when their heap has grown over the limit; those of the long shops, each of which
 * loads a Medusa of its own, after each file: jest takes a number up to 1 for a share of the memory there is, so the least
 * limit is a megabyte. Shops wait for time-outs a part of their time, so that three of them fit two cores, with one worker
 * for the modules and two for the rest beside them (four took longer); the long ones have servers beside them. Where a
 * Redis is given, the shops of `cluster` come to it one after the other: each takes all messages that it finds there for
 * its own.
 *
 * @param {string[]} projects of one jest
 * @param {boolean} isBeside whether another jest runs at the same time
 * @param {string} [redisUrl] where somebody gives one
 */
export function jestArguments(projects, isBeside, redisUrl) {
  const hasShop = projects.some((project) => PROJECTS_WITH_SHOP.includes(project))
  const isLong = projects.some((project) => LONG_PROJECTS.includes(project))
  const beside = needsDatabase(projects) ? 1 : 2
  const isOneRedis = projects.includes("cluster") && redisUrl !== undefined
  const workers = isOneRedis ? 1 : isLong ? 2 : hasShop ? 3 : isBeside ? beside : 3
  const memory = isLong ? "1MB" : hasShop ? "2GB" : "1GB"
  return [`--maxWorkers=${workers}`, `--workerIdleMemoryLimit=${memory}`]
}

/** @param {string} file a spec file's path */
export function jestArgumentsAlone(file) {
  return ["--runTestsByPath", file, "--maxWorkers=1"]
}
