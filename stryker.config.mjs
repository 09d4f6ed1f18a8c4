const isTable = process.env.MUTATION_OF_TABLES === "true"

/**
 * For `npm run mutate` (integration-tests/mutation), which names the file and its specs.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  testRunner: "jest",
  jest: { configFile: "jest.mutation.config.cjs", enableFindRelatedTests: false },
  plugins: ["@stryker-mutator/jest-runner"],
  // Sentences for people may be worded otherwise; what they are about is held by the tests of each.
  mutator: { excludedMutations: isTable ? [] : ["StringLiteral"] },
  coverageAnalysis: "perTest",
  ignoreStatic: !isTable,
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  reporters: ["clear-text", "progress"],
  clearTextReporter: { allowColor: false, reportTests: false, skipFull: true },
  thresholds: { high: 90, low: 80, break: 80 },
  tempDirName: ".cache/stryker",
  cleanTempDir: "always",
  ignorePatterns: [
    ".medusa",
    ".cache",
    "demo",
    "docs",
    "benchmarks",
    "packages",
    "coverage",
    "src/admin",
  ],
}
