import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

/** Debian's; CHROMIUM names another one. */
export const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium"

const PACKAGES = ["chromium", "fonts-liberation"]

/** Installs Debian's Chromium where it is missing and may be installed. */
export function installChromium(): void {
  if (existsSync(EXECUTABLE)) return
  const missing = `There is no browser at ${EXECUTABLE}.`
  if (process.env.CHROMIUM) throw new Error(`${missing} CHROMIUM must name a Chromium's program.`)
  const byHand = `Install it (on Debian and Ubuntu: apt-get install ${PACKAGES.join(" ")}), or let CHROMIUM name the program of one.`
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`${missing} ${byHand}`)
  }
  for (const command of [["update"], ["install", "-y", "--no-install-recommends", ...PACKAGES]]) {
    const { status, stderr } = spawnSync("apt-get", command, {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    })
    if (status !== 0) throw new Error(`${missing} apt-get failed: ${stderr}\n${byHand}`)
  }
}
