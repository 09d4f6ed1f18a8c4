import { type } from "./typed.mjs"

/**
 * Has the shop looked at by its doctor. Its addresses are left out: they are of this machine, and of a port that no config
 * names.
 *
 * @param {string} folder
 * @param {(line: string) => void} print
 */
export async function doctorFindsNothing(folder, print) {
  const command = "npx medusa-regional-payments doctor --skip addresses --json"
  /** @type {{ counts: { fault: number }, diagnostics: { provider: string | null, check: string, severity: string, message: string }[] }} */
  const { counts, diagnostics } = JSON.parse(await type(command, folder, print))
  const known = diagnostics.find(
    ({ provider, check }) => provider === "pp_mocasa_mocasa" && check === "credentials"
  )
  if (counts.fault > 0 || known?.severity !== "ok") {
    throw new Error(`The doctor says:\n${diagnostics.map(({ message }) => message).join("\n")}`)
  }
}
