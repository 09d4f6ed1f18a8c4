import { spawn } from "node:child_process"
import { text } from "node:stream/consumers"

/**
 * Runs a command as somebody types it.
 *
 * @param {string} command
 * @param {string} folder
 * @param {(line: string) => void} print
 * @returns {Promise<string>} what it wrote to its standard output
 */
export async function type(command, folder, print) {
  const began = performance.now()
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      MEDUSA_DISABLE_TELEMETRY: "1",
      NODE_OPTIONS: "",
      // What is there already is not asked for again, and a registry that stumbles is.
      npm_config_prefer_offline: "true",
      npm_config_fetch_retries: "5",
    },
  })
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ])
  if (status !== 0) {
    const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n")
    throw new Error(`${command} ended with ${status}:\n${said}`)
  }
  const seconds = Math.round((performance.now() - began) / 1_000)
  print(`  ${command.replace(/\S*[/\\](?=medusa-)/g, "")} (${seconds} s)`)
  return stdout
}
