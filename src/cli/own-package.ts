/** What this package says of itself in its package.json. */

import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { z } from "zod"

export const packageName = "medusa-regional-payments"

const manifest = z.object({
  name: z.literal(packageName),
  version: z.string(),
  engines: z.object({ node: z.string() }),
  peerDependencies: z.record(z.string(), z.string()),
})

/** Found upwards from here: the code stands in `src` or in `.medusa/server/src`. */
export function ownPackage(folder = __dirname): z.infer<typeof manifest> {
  const read = manifest.safeParse(jsonIn(join(folder, "package.json")))
  if (read.success) {
    return read.data
  }
  if (dirname(folder) === folder) {
    throw new Error(`The package.json of ${packageName} is missing. Install the package anew`)
  }
  return ownPackage(dirname(folder))
}

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}
