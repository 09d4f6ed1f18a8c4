const { loadEnv } = require("@medusajs/framework/utils")

loadEnv("test", process.cwd())

/** Which spec files each step of `npm test` runs. */
const steps = {
  unit: [
    "**/src/**/__tests__/**/*.unit.spec.ts",
    "**/integration-tests/**/__tests__/**/*.unit.spec.{ts,mjs}",
    "**/demo/**/__tests__/**/*.unit.spec.{ts,mjs}",
    "**/benchmarks/**/__tests__/**/*.unit.spec.ts",
  ],
  conformance: ["**/integration-tests/conformance/**/*.spec.ts"],
  "integration:modules": ["**/src/**/__tests__/**/*.integration.spec.ts"],
  "integration:http": ["**/integration-tests/http/**/*.spec.ts"],
  deep: ["**/integration-tests/deep/**/*.spec.ts"],
}

const stepsWithMedusa = ["integration:http", "deep"]

const step = process.env.TEST_TYPE ?? "unit"
if (!Object.hasOwn(steps, step)) {
  throw new Error(`TEST_TYPE is "${step}"; it must be one of: ${Object.keys(steps).join(", ")}`)
}

/** @type {import("jest").Config} */
module.exports = {
  cacheDirectory: "<rootDir>/.cache/jest",
  transform: {
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
  },
  testEnvironment: "node",
  // A test that hangs is ended; one that is slow on a busy machine is not.
  testTimeout: 60_000,
  moduleFileExtensions: ["js", "ts", "tsx", "json", "mjs"],
  modulePathIgnorePatterns: [
    "<rootDir>/.medusa/",
    "<rootDir>/demo/.medusa/",
    "<rootDir>/demo/.data/",
  ],
  setupFiles: stepsWithMedusa.includes(step) ? ["<rootDir>/integration-tests/setup.js"] : [],
  testMatch: steps[step],
}
