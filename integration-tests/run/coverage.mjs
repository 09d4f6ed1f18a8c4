/**
 * npm run coverage
 *
 * What the unit and conformance tests reach of the code that decides about money, file by file, and the least that they may
 * reach of all of it together. Lines that are only reached over a real database or a real Medusa are not counted here.
 */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { root } from "../../demo/launch/paths.mjs"

const MONEY = [
  "src/gateways/*/{amounts,errors,messages,money,statuses,signature,webhook}.ts",
  "src/gateways/shared/*.ts",
  "src/modules/payment-journal/*.ts",
  "src/modules/payout/domain/*.ts",
  "src/providers/base/*.ts",
]

/** In percent; raised when it is surpassed, never lowered. */
const FLOOR = { statements: 91, branches: 87, functions: 88, lines: 91 }

const { status } = spawnSync(
  process.execPath,
  [
    join(root, "node_modules", "jest", "bin", "jest.js"),
    "--coverage",
    "--coverageReporters=text",
    "--coverageReporters=text-summary",
    "--coverageDirectory=.cache/coverage",
    ...MONEY.map((files) => `--collectCoverageFrom=${files}`),
    `--coverageThreshold=${JSON.stringify({ global: FLOOR })}`,
    "--maxWorkers=1",
    "--silent",
    "src/gateways",
    "src/providers",
    "src/modules",
    "integration-tests/conformance",
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, TEST_TYPE: "unit,conformance" } }
)
process.exitCode = status ?? 1
