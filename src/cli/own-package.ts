/** What this package says of itself in its package.json, and where it lies. */

import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative } from "node:path"
import { z } from "zod"

export const packageName = "medusa-regional-payments"

const manifest = z.object({
  name: z.literal(packageName),
  version: z.string(),
  engines: z.object({ node: z.string() }),
  peerDependencies: z.record(z.string(), z.string()),
})

type Found = { folder: string; manifest: z.infer<typeof manifest> }

export function ownPackage(): z.infer<typeof manifest> {
  return found().manifest
}

/** Where a file of this package lies, by its path from the package's folder. */
export function ownFile(...path: string[]): string {
  return join(found().folder, ...path)
}

/**
 * The same as people find it from their shop's folder: in its node_modules, or in those of the workspace that it is a part of.
 */
export function ownFileFrom(shop: string, ...path: string[]): string {
  const places = createRequire(join(shop, "package.json")).resolve.paths(packageName) ?? []
  const installed = places
    .map((place) => join(place, packageName, ...path))
    .find((file) => existsSync(file))
  return relative(shop, installed ?? ownFile(...path))
}

/** Found upwards from here: the code stands in `src` or in `.medusa/server/src`. */
function found(folder = __dirname): Found {
  const read = manifest.safeParse(jsonIn(join(folder, "package.json")))
  if (read.success) {
    return { folder, manifest: read.data }
  }
  if (dirname(folder) === folder) {
    throw new Error(`The package.json of ${packageName} is missing. Install the package anew`)
  }
  return found(dirname(folder))
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}
