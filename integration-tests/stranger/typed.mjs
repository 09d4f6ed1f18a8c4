import { spawn } from "node:child_process"
import { text } from "node:stream/consumers"

/** The package registry gave no package: that says nothing of this one. */
export class RegistryProblem extends Error {}

/** What npm says then. */
const REGISTRY_SILENT =
  /npm (?:ERR!|error) code (?:E[45]\d\d|ECONN\w+|ENOTFOUND|EAI_AGAIN|ENETUNREACH|\w*TIMEDOUT|\w+_TIMEOUT|EIDLETIMEOUT|FETCH_ERROR)\b/

/**
 * Runs a command as somebody types it.
 *
 * @param {string} command
 * @param {string} folder
 * @param {(line: string) => void} print
 * @returns {Promise<string>} what it wrote to its standard output
 * @throws RegistryProblem
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
      npm_config_fetch_retries: "3",
      // Else yarn writes no lock file where it takes the environment for a CI.
      YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
      YARN_ENABLE_TELEMETRY: "false",
    },
  })
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve, reject) => child.once("error", reject).once("close", resolve)),
  ])
  if (status !== 0) {
    const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-40).join("\n")
    const Problem = REGISTRY_SILENT.test(stderr) ? RegistryProblem : Error
    throw new Problem(`${command} ended with ${status}:\n${said}`)
  }
  const seconds = Math.round((performance.now() - began) / 1_000)
  print(`  ${command.replace(/\S*[/\\](?=medusa-)/g, "")} (${seconds} s)`)
  return stdout
}
