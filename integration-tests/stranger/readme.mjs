import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../../demo/launch/paths.mjs"

/** The part of the README that says how a shop installs the plugin. */
const HEADING = "## Install it in your store"

/**
 * What a stranger copies from the README: the commands they type and the config they write.
 *
 * @returns {{ install: string, config: string, migrate: string }}
 */
export function readmeBlocks() {
  const text = readFileSync(join(root, "README.md"), "utf8")
  const part = text.split(`${HEADING}\n`)[1]?.split(/^## /m)[0] ?? ""
  const blocks = [...part.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
  const [install, migrate] = blocks.filter(([, kind]) => kind === "bash").map(([, , code]) => code)
  const config = blocks.find(([, kind]) => kind === "ts")?.[2]
  if (!install || !migrate || !config) {
    throw new Error(`README.md has not all of its blocks any more below "${HEADING}"`)
  }
  return { install: install.trim(), config, migrate: migrate.trim() }
}

/**
 * The README's config, with what stands in the config of every new shop where the README has `// ...`.
 *
 * @param {string} config
 */
export function wholeConfig(config) {
  const settings = `projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: process.env.STORE_CORS!,
      adminCors: process.env.ADMIN_CORS!,
      authCors: process.env.AUTH_CORS!,
      jwtSecret: process.env.JWT_SECRET || "supersecret",
      cookieSecret: process.env.COOKIE_SECRET || "supersecret",
    },
    // It is tried over plain http.
    cookieOptions: { secure: false, sameSite: "lax" },
  },`
  if (!config.includes("  // ...\n")) {
    throw new Error("The README's config does not say any more where the shop's own settings are")
  }
  return (
    'import { loadEnv, defineConfig } from "@medusajs/framework/utils"\n' +
    config
      .replace(
        "export default",
        'loadEnv(process.env.NODE_ENV || "development", process.cwd())\n\nexport default'
      )
      .replace("  // ...\n", `  ${settings}\n`)
  )
}
