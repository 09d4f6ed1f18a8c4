/**
 * Runs redis-server with the arguments that this is given, and ends it however this ends: when it is told to, or when
 * whoever started it is gone (see dies-with-parent.mjs).
 */
import { spawn } from "node:child_process"

const server = spawn("redis-server", process.argv.slice(2), { stdio: "inherit" })
server.once("error", ({ message }) => {
  console.error(message)
  process.exit(1)
})
server.once("exit", (code) => process.exit(code ?? 1))
process.once("SIGTERM", () => server.kill())
process.once("exit", () => server.kill())
