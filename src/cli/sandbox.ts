/** Starts the gateways' stand-ins, which have a package of their own: no shop needs them where money moves. */

import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

const sandboxPackage = "medusa-regional-payments-sandbox"

/** Runs until it is stopped. @returns its exit code */
export async function startSandbox(folder: string, args: readonly string[]): Promise<number> {
  const program = spawn(process.execPath, [sandboxProgram(folder), ...args], { stdio: "inherit" })
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => program.kill(signal))
  }
  return await new Promise((resolve, reject) => {
    program.on("error", reject)
    program.on("exit", (code) => resolve(code ?? 0))
  })
}

/** @throws Error with the command that installs it, where the shop has not */
export function sandboxProgram(folder: string): string {
  const fromShop = createRequire(join(folder, "package.json"))
  try {
    const manifest = fromShop.resolve(`${sandboxPackage}/package.json`)
    return join(dirname(manifest), "dist/start.js")
  } catch (error) {
    throw new Error(
      `The stand-ins are a package of their own. Install it: npm install --save-dev ${sandboxPackage}`,
      { cause: error }
    )
  }
}
