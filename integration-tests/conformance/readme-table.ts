import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { capabilityTable } from "./capability-table"
import type { GatewayData } from "./gateway-data"

export const readmeFile = join(__dirname, "../../docs/gateways/README.md")

const marks = /(<!-- capabilities: written by npm run capabilities -->\n\n)[^]*?(\n\n<!-- end -->)/

/**
 * The page of the gateways with the table of capabilities as the gateways' data have it.
 *
 * @throws Error when the page has lost the marks between which it stands
 */
export function withCapabilities(readme: string, gateways: readonly GatewayData[]): string {
  if (!marks.test(readme)) {
    throw new Error("docs/gateways/README.md has no marks around its table of capabilities")
  }
  return readme.replace(
    marks,
    (_, before: string, after: string) => before + capabilityTable(gateways) + after
  )
}

export function writeReadme(gateways: readonly GatewayData[]): void {
  writeFileSync(readmeFile, withCapabilities(readFileSync(readmeFile, "utf8"), gateways))
}
