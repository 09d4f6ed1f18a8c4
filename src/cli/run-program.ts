import { spawn } from "node:child_process"

/**
 * Runs a program of Node.js' in this terminal until it ends. What ends this process ends it, too.
 *
 * @returns its exit code
 */
export async function runProgram(file: string, args: readonly string[]): Promise<number> {
  const program = spawn(process.execPath, [file, ...args], { stdio: "inherit" })
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => program.kill(signal))
  }
  return await new Promise((resolve, reject) => {
    program.on("error", reject)
    program.on("exit", (code) => resolve(code ?? 0))
  })
}
