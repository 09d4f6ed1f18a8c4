import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"

const root = join(__dirname, "../..")

const manifest = z.object({
  name: z.string(),
  files: z.array(z.string()),
  exports: z.record(z.string(), z.unknown()),
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
})

export type PackedPackage = {
  /** A shop's folder: whatever else it imports is found in the repository's node_modules. */
  shop: string
  /** Where the package lies in it. */
  folder: string
  manifest: z.infer<typeof manifest>
}

/**
 * The package as npm packs it, unpacked into a folder as a shop would have it. Its code is compiled by the compiler
 * alone, which takes seconds: the dashboard's pages are missing, which `medusa plugin:build` bundles. What that makes is
 * looked at by the tests in a browser.
 */
export function packPackage(): PackedPackage {
  const { name, files } = readManifest(root)
  const cache = join(root, ".cache", "package")
  mkdirSync(cache, { recursive: true })
  const shop = mkdtempSync(join(cache, "shop-"))
  const source = join(shop, "source")
  const folder = join(shop, "node_modules", name)
  mkdirSync(source)
  mkdirSync(folder, { recursive: true })
  // Otherwise the shop would be a folder of this repository's package, which imports itself.
  writeFileSync(join(shop, "package.json"), JSON.stringify({ name: "shop", private: true }))
  compile(join(source, ".medusa", "server"))
  for (const file of ["package.json", "README.md", "LICENSE", ...files]) {
    if (existsSync(join(root, file)) && !file.startsWith(".medusa")) {
      cpSync(join(root, file), join(source, file), { recursive: true })
    }
  }
  const output = execFileSync("npm", ["pack", "--ignore-scripts", "--json"], { cwd: source })
  const [packed] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(String(output)))
  const tarball = join(source, packed?.filename ?? "")
  execFileSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"])
  return { shop, folder, manifest: readManifest(folder) }
}

function readManifest(folder: string): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")))
}

function compile(outDir: string): void {
  runCompiler(["-p", join(root, "tsconfig.json"), "--outDir", outDir])
}

/** @returns what the compiler says, empty where it has nothing to complain of */
export function runCompiler(arguments_: readonly string[], cwd = root): string {
  const compiler = join(root, "node_modules", "typescript7", "bin", "tsc")
  try {
    return String(execFileSync(process.execPath, [compiler, ...arguments_], { cwd }))
  } catch (error) {
    return String(Object(error).stdout)
  }
}
