/** The unit tests, as the mutation tests run them: each spec file loads Medusa itself, which is not changed. */
const { cacheDirectory, projects } = require("./jest.config.js")

const unit = projects.find(({ displayName }) => displayName === "unit")
const [typescript] = Object.entries(unit.transform).filter(
  ([files]) => !files.includes("@medusajs")
)

/** @type {import("jest").Config} */
module.exports = {
  cacheDirectory,
  rootDir: __dirname,
  testEnvironment: "@stryker-mutator/jest-runner/jest-env/node",
  moduleFileExtensions: unit.moduleFileExtensions,
  modulePathIgnorePatterns: ["<rootDir>/.medusa/"],
  transform: Object.fromEntries([typescript]),
  testTimeout: 30_000,
  testMatch: (process.env.MUTATION_SPECS ?? "").split(",").map((spec) => `<rootDir>/${spec}`),
}
