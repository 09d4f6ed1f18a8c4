import { it } from "@jest/globals"

/** @param {string} name @param {() => Promise<void>} test */
export function itOnLinux(name, test) {
  if (process.platform === "linux") it(name, test)
  else it.skip(`${name} [skipped: looks at /proc, which only Linux has]`, test)
}
