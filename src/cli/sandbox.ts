/** Starts the gateways' stand-ins, which have a package of their own: no shop needs them where money moves. */

import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { runProgram } from "./run-program"

const sandboxPackage = "medusa-regional-payments-sandbox"

/** Runs until it is stopped. @returns its exit code */
export async function startSandbox(folder: string, args: readonly string[]): Promise<number> {
  return await runProgram(sandboxProgram(folder), args)
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
