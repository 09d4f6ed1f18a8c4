/**
 * Writes `dist` from `integration-tests/sandbox` of the repository: the program that starts all stand-ins, what a test starts
 * them by, and the typings of that.
 */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"
import ts from "typescript"

const here = fileURLToPath(new URL(".", import.meta.url))
const repository = join(here, "../..")
const dist = join(here, "dist")

rmSync(dist, { recursive: true, force: true })
bundle(join(repository, "integration-tests/sandbox/start.ts"), "start.js", "#!/usr/bin/env node")
bundle(join(here, "index.ts"), "index.js")
writeTypings()

/**
 * @param {string} entry
 * @param {string} file
 * @param {string} [firstLine]
 */
function bundle(entry, file, firstLine) {
  buildSync({
    entryPoints: [entry],
    outfile: join(dist, file),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["zod"],
    ...(firstLine === undefined ? {} : { banner: { js: firstLine } }),
  })
}

function writeTypings() {
  const program = ts.createProgram([join(here, "index.ts")], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: repository,
    outDir: join(dist, "types"),
  })
  const { diagnostics } = program.emit()
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics]
  if (problems.length > 0) {
    console.error(ts.formatDiagnosticsWithColorAndContext(problems, ts.createCompilerHost({})))
    process.exit(1)
  }
}
