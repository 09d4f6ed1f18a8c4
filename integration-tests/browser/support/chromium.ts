import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

/** Debian's Chromium without what draws windows: the same pages for half of the processor time. */
const HEADLESS = { program: "/usr/bin/chromium-headless-shell", package: "chromium-headless-shell" }
const WHOLE = { program: "/usr/bin/chromium", package: "chromium" }

const FONTS = "fonts-liberation"

/** The one that CHROMIUM names, else Debian's. */
export function chromiumProgram(): string {
  const found = [HEADLESS, WHOLE].find(({ program }) => existsSync(program))
  return process.env.CHROMIUM ?? (found ?? WHOLE).program
}

/**
 * Installs Debian's Chromium where it is missing and may be installed; the whole one where there is no other. To be called
 * once for all that run at the same time: apt-get refuses a second one.
 */
export function installChromium(): void {
  if (process.env.CHROMIUM) {
    if (existsSync(process.env.CHROMIUM)) return
    throw new Error(
      `There is no browser at ${process.env.CHROMIUM}. CHROMIUM must name a Chromium's program.`
    )
  }
  const mayInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")
  let why = ""
  for (const { program, package: name } of [HEADLESS, WHOLE]) {
    if (existsSync(program)) return
    const failure = mayInstall ? install(name) : ""
    if (failure === undefined) return
    why = failure
  }
  throw new Error(
    `There is no browser at ${WHOLE.program}. ${why}Install it (on Debian and Ubuntu: apt-get install ${WHOLE.package} ` +
      `${FONTS}), or let CHROMIUM name the program of one.`
  )
}

/** @returns why it could not be, as a sentence with a line's end; undefined where it was installed */
function install(name: string): string | undefined {
  for (const command of [["update"], ["install", "-y", "--no-install-recommends", name, FONTS]]) {
    const { status, stderr } = spawnSync("apt-get", command, {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    })
    if (status !== 0) return `apt-get failed: ${stderr}\n`
  }
  return undefined
}
