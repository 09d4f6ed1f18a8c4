import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { readmeBlocks, wholeConfig } from "./readme.mjs"
import { type } from "./typed.mjs"

/** What Medusa's own starter asks for, beside Medusa itself. */
const DEV_DEPENDENCIES = {
  "@swc/core": "^1.7.28",
  "@types/node": "^20.12.11",
  "@types/react": "^18.3.2",
  "@types/react-dom": "^18.2.25",
  "prop-types": "^15.8.1",
  react: "^18.3.1",
  "react-dom": "^18.3.1",
  "ts-node": "^10.9.2",
  typescript: "^5.6.2",
  vite: "^5.4.14",
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2021",
    esModuleInterop: true,
    module: "Node16",
    moduleResolution: "Node16",
    emitDecoratorMetadata: true,
    experimentalDecorators: true,
    skipLibCheck: true,
    skipDefaultLibCheck: true,
    declaration: false,
    sourceMap: false,
    inlineSourceMap: true,
    outDir: "./.medusa/server",
    rootDir: "./",
    jsx: "react-jsx",
    forceConsistentCasingInFileNames: true,
    resolveJsonModule: true,
    checkJs: false,
    strictNullChecks: true,
  },
  "ts-node": { swc: true },
  include: ["**/*", ".medusa/types/*"],
  exclude: ["node_modules", ".medusa/server", ".medusa/admin", ".cache"],
}

/** How each package manager installs what package.json says, and adds a package. */
export const MANAGERS = {
  npm: {
    install: "npm install --no-audit --no-fund",
    add: "npm install --no-audit --no-fund",
    addDev: "npm install --no-audit --no-fund --save-dev",
  },
  pnpm: {
    install: "npx --yes pnpm@10 install --no-frozen-lockfile",
    add: "npx --yes pnpm@10 add",
    addDev: "npx --yes pnpm@10 add --save-dev",
  },
  yarn: {
    install: "npx --yes -p @yarnpkg/cli-dist@4 yarn install",
    add: "npx --yes -p @yarnpkg/cli-dist@4 yarn add",
    addDev: "npx --yes -p @yarnpkg/cli-dist@4 yarn add --dev",
  },
}

/**
 * A new shop as Medusa's starter makes it, with the plugin and the stand-ins installed from their tarballs and the config
 * that the README shows.
 *
 * @param {object} options
 * @param {string} options.folder
 * @param {string} options.medusa the version
 * @param {import("./pack.mjs").Tarballs} options.tarballs
 * @param {keyof typeof MANAGERS} options.manager
 * @param {(line: string) => void} options.print
 */
export async function newShop({ folder, medusa, tarballs, manager, print }) {
  mkdirSync(join(folder, "src"), { recursive: true })
  const medusas = ["admin-sdk", "cli", "framework", "medusa"].map((name) => [
    `@medusajs/${name}`,
    medusa,
  ])
  write(folder, "package.json", {
    name: "my-shop",
    version: "0.0.1",
    private: true,
    scripts: { build: "medusa build", start: "medusa start", dev: "medusa develop" },
    dependencies: Object.fromEntries(medusas),
    devDependencies: DEV_DEPENDENCIES,
    engines: { node: ">=20" },
  })
  write(folder, "tsconfig.json", TSCONFIG)
  const { install, config } = readmeBlocks()
  writeFileSync(join(folder, "medusa-config.ts"), wholeConfig(config))
  if (manager === "yarn") {
    // As create-medusa-app writes them: Medusa looks for its own packages in node_modules.
    writeFileSync(join(folder, ".yarnrc.yml"), "nodeLinker: node-modules\n")
    writeFileSync(join(folder, "yarn.lock"), "")
  }
  const { install: all, add, addDev } = MANAGERS[manager]
  await type(all, folder, print)
  // As the README has it, but from the tarball: nothing is published yet.
  const command = install
    .replace("medusa-regional-payments", JSON.stringify(tarballs.plugin))
    .replace("npm install", add)
  if (!command.includes(tarballs.plugin)) {
    throw new Error(`The README installs something else: ${install}`)
  }
  await type(command, folder, print)
  await type(`${addDev} ${JSON.stringify(tarballs.sandbox)}`, folder, print)
}

/** @param {string} folder @param {Record<string, string>} env */
export function writeEnvironment(folder, env) {
  const lines = Object.entries(env).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(folder, ".env"), lines.join(""))
}

/** @param {string} folder @param {string} file @param {object} content */
function write(folder, file, content) {
  writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`)
}
