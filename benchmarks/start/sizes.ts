import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { gzipSync } from "node:zlib"
import { z } from "zod"

const root = path.join(__dirname, "..", "..")

const packed = z.tuple([z.object({ size: z.number(), unpackedSize: z.number() })])

/** In bytes: the package, and the plugin's part of the dashboard as it was built, plain and as it is sent. */
export type Sizes = {
  packed: number
  unpacked: number
  dashboard: number
  dashboardSent: number
}

/** Of what `npm run build` has left. */
export async function sizes(): Promise<Sizes> {
  const { stdout } = await promisify(execFile)(
    "npm",
    ["pack", "--dry-run", "--json", "--ignore-scripts"],
    { cwd: root, maxBuffer: 64 * 2 ** 20 }
  )
  const [{ size, unpackedSize }] = packed.parse(JSON.parse(stdout))
  const admin = await readFile(path.join(root, ".medusa", "server", "src", "admin", "index.mjs"))
  return {
    packed: size,
    unpacked: unpackedSize,
    dashboard: admin.length,
    dashboardSent: gzipSync(admin).length,
  }
}
