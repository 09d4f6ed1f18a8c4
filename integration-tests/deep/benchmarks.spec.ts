import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"

// It ends after a minute where no ratio is worse at the first try; a busy machine has time for all of them.
jest.setTimeout(3_600_000)

const repository = path.join(__dirname, "..", "..")
const npx = promisify(execFile)

it("takes no more of a webhook, of a call and of a message's row, beside those who do the same, than was measured before", async () => {
  // A ratio that became worse is in the error, with the command's output.
  const { stdout } = await npx("npx", ["tsx", "benchmarks/run.ts", "--check"], { cwd: repository })
  expect(stdout).toContain("No ratio is worse than the one that is kept")
})
