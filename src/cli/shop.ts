/** A shop as Medusa itself would load it from its folder, without starting anything of it. */

import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { ConfigManager } from "@medusajs/framework/config"
import type { ConfigModule } from "@medusajs/framework/types"
import { getConfigFile, getResolvedPlugins, mergePluginModules } from "@medusajs/framework/utils"
import { errorMessage } from "../shared/errors"
import { ConfigSource } from "./config-source"

export type Shop = {
  /** Where its package.json is. */
  folder: string
  /** As Medusa normalizes it, with the modules of its plugins. */
  config: ConfigModule
  /** Undefined where it is written in a way that can't be read as text, such as compiled code. */
  source: ConfigSource | undefined
}

/** The shop can't be looked at, and what to do about it. */
export class NoShopError extends Error {
  constructor(
    message: string,
    readonly remedy: string
  ) {
    super(message)
  }
}

const configFiles = ["medusa-config.ts", "medusa-config.js"]

/** @throws NoShopError */
export async function loadShop(folder: string): Promise<Shop> {
  const file = configFileIn(folder)
  const { configModule, error } = await getConfigFile<ConfigModule>(folder, "medusa-config")
  if (error || !configModule) {
    throw new NoShopError(
      `${file} can't be loaded: ${errorMessage(error).split("\n")[0]}`,
      "Mend it, or install what it imports: Medusa does not start with it either"
    )
  }
  // A manager of its own: that of a Medusa in this process keeps its config.
  const config = new ConfigManager().loadConfig({
    projectConfig: configModule,
    baseDir: folder,
    throwOnValidationError: false,
  })
  await addPluginModules(config, folder)
  return { folder, config, source: sourceOf(folder, file) }
}

/** @throws NoShopError */
export function configFileIn(folder: string): string {
  const file = configFiles.find((name) => existsSync(join(folder, name)))
  if (file === undefined) {
    throw new NoShopError(
      `There is no medusa-config.ts or medusa-config.js in ${folder}`,
      "Run it in the folder of your Medusa store"
    )
  }
  return file
}

async function addPluginModules(config: ConfigModule, folder: string): Promise<void> {
  try {
    mergePluginModules(config, await getResolvedPlugins(folder, config, true), folder)
  } catch (error) {
    throw new NoShopError(
      `A plugin of the config can't be loaded: ${errorMessage(error)}`,
      "Install it, or take it out of `plugins`"
    )
  }
}

function sourceOf(folder: string, file: string): ConfigSource | undefined {
  try {
    return new ConfigSource(file, readFileSync(join(folder, file), "utf8"))
  } catch {
    return undefined
  }
}

/**
 * Has Node load TypeScript and the shop's `.env` as Medusa's own command line does, by the packages that the shop has for it.
 * A production build has neither ts-node nor TypeScript, and needs none.
 */
export function prepareNode(folder: string): void {
  const fromShop = createRequire(join(folder, "package.json"))
  const fromMedusa = medusaCli(fromShop)
  for (const [name, register] of [
    ["ts-node", (loaded: Loaded) => loaded.register?.({})],
    ["tsconfig-paths", (loaded: Loaded) => loaded.register?.({})],
    ["dotenv", (loaded: Loaded) => loaded.config?.({ quiet: true })],
  ] as const) {
    const loaded = firstLoaded([fromMedusa, fromShop], name)
    if (loaded) {
      register(loaded)
    }
  }
}

type Loaded = {
  register?: (options: object) => unknown
  config?: (options: object) => unknown
}

function medusaCli(fromShop: NodeJS.Require): NodeJS.Require {
  try {
    return createRequire(fromShop.resolve("@medusajs/cli/package.json"))
  } catch {
    return fromShop
  }
}

function firstLoaded(requires: readonly NodeJS.Require[], name: string): Loaded | undefined {
  for (const load of requires) {
    try {
      return load(name)
    } catch {
      // The next one may have it; without any the config is loaded as it is.
    }
  }
  return undefined
}

/**
 * The version of a package that the shop has installed; undefined where it has none. Read as a file: not every package
 * exports its package.json.
 */
export function installedVersion(folder: string, name: string): string | undefined {
  try {
    const text = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")
    const { version }: { version?: unknown } = JSON.parse(text)
    return typeof version === "string" ? version : undefined
  } catch {
    // A workspace keeps it further up.
    return dirname(folder) === folder ? undefined : installedVersion(dirname(folder), name)
  }
}
