/**
 * One project for each kind of test. `TEST_TYPE=unit npx jest <path>` runs those of a kind, `TEST_TYPE=unit,modules`
 * those of two; all without it. `npm test` brings the database that modules, http, deep and cluster need.
 */
const typescript = {
  "^.+\\.[jt]sx?$": [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript", tsx: true, decorators: true },
        transform: { react: { runtime: "automatic" } },
        target: "es2022",
      },
    },
  ],
}

// Medusa, and what else is large and keeps nothing of one spec for the next. Not undici: the timers that a spec fakes
// would be those of the next one's calls.
const shared = "(?:@medusajs|zod|axios|bignumber\\.js|fast-check|fast-xml-parser|ajv|ibantools)/"

const sharedMedusa = {
  testEnvironment: "<rootDir>/integration-tests/jest/shared-medusa-environment.cjs",
  setupFiles: ["<rootDir>/integration-tests/jest/require-of-spec.cjs"],
  transform: {
    [`/node_modules/${shared}.*\\.[cm]?js$`]: "<rootDir>/integration-tests/jest/shared-package.cjs",
    ...typescript,
  },
  transformIgnorePatterns: [`/node_modules/(?!${shared})`],
}

// Each loads a Medusa of its own.
const bootedMedusa = { setupFiles: ["<rootDir>/integration-tests/setup.js"] }

// Two shops that come one after the other in a worker share the Medusa that it has loaded, and warmed up: the second takes two
// thirds of the processor time. Medusa is faster in the worker's own context than in one that jest makes, too.
const bootedSharedMedusa = {
  ...sharedMedusa,
  setupFiles: [...bootedMedusa.setupFiles, ...sharedMedusa.setupFiles],
}

/** @type {Record<string, import("jest").Config>} */
const projects = {
  unit: {
    ...sharedMedusa,
    testMatch: [
      "**/src/**/__tests__/**/*.unit.spec.{ts,tsx}",
      "**/{integration-tests,demo,benchmarks}/**/__tests__/**/*.unit.spec.ts",
    ],
  },
  scripts: { testMatch: ["**/{integration-tests,demo}/**/__tests__/**/*.unit.spec.mjs"] },
  conformance: {
    ...sharedMedusa,
    testMatch: ["**/integration-tests/{,sixth-gateway/}conformance/**/*.spec.ts"],
  },
  modules: { ...sharedMedusa, testMatch: ["**/src/**/__tests__/**/*.integration.spec.ts"] },
  http: { ...bootedSharedMedusa, testMatch: ["**/integration-tests/http/*.spec.ts"] },
  package: { testMatch: ["**/{integration-tests/package,packages}/**/package.spec.ts"] },
  browser: {
    testMatch: ["**/integration-tests/browser/*.spec.ts"],
    globalSetup: "<rootDir>/integration-tests/browser/prepare.ts",
  },
  cluster: { ...bootedMedusa, testMatch: ["**/integration-tests/cluster/**/*.spec.ts"] },
  deep: { ...bootedMedusa, testMatch: ["**/integration-tests/deep/**/*.spec.ts"] },
}

const names = (process.env.TEST_TYPE ?? Object.keys(projects).join(","))
  .split(",")
  .map((name) => name.replace("integration:", ""))
const unknown = names.find((name) => !Object.hasOwn(projects, name))
if (unknown !== undefined) {
  throw new Error(`TEST_TYPE names "${unknown}"; it takes: ${Object.keys(projects).join(", ")}`)
}

/** @type {import("jest").Config} */
module.exports = {
  cacheDirectory: "<rootDir>/.cache/jest",
  testSequencer: "<rootDir>/integration-tests/jest/longest-first.cjs",
  // A test that hangs is ended; one that is slow on a busy machine is not. Shorter ones say nothing, and what is under way in a
  // test that is over gets in the way of the next ones: it holds their rows, and then its database is gone.
  testTimeout: 300_000,
  projects: names.map((name) => ({
    displayName: name,
    rootDir: __dirname,
    cacheDirectory: "<rootDir>/.cache/jest",
    transform: typescript,
    // The package's own entries, as another package imports them, without a build.
    moduleNameMapper: {
      "^medusa-regional-payments/extend$": "<rootDir>/src/extend.ts",
      "^medusa-regional-payments/testing$": "<rootDir>/src/testing/index.ts",
      "^medusa-regional-payments-sandbox$": "<rootDir>/packages/sandbox/index.ts",
    },
    moduleFileExtensions: ["js", "ts", "tsx", "json", "mjs"],
    modulePathIgnorePatterns: [
      "<rootDir>/.cache/",
      "<rootDir>/.medusa/",
      "<rootDir>/demo/.medusa/",
      "<rootDir>/demo/.data/",
    ],
    ...projects[name],
  })),
}
