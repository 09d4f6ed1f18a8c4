/**
 * Writes `dist` from `src/storefront` of the repository: every module by itself, so that a bundler takes what a shop uses
 * and leaves the rest, as ES modules and as CommonJS, each with typings of its own kind.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

const here = fileURLToPath(new URL(".", import.meta.url))
const { options, fileNames, errors } = readConfig()
const program = ts.createProgram(fileNames, options)

/** @type {Map<string, string>} paths below `dist`, and what is to stand there */
const files = new Map()
const { diagnostics } = program.emit(undefined, addModule)
fileNames.forEach(addCommonJs)

const problems = [...errors, ...ts.getPreEmitDiagnostics(program), ...diagnostics]
if (problems.length > 0) {
  console.error(ts.formatDiagnosticsWithColorAndContext(problems, ts.createCompilerHost(options)))
  process.exit(1)
}
rmSync(outDir(), { recursive: true, force: true })
for (const [path, text] of files) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function readConfig() {
  const { config, error } = ts.readConfigFile(join(here, "tsconfig.json"), ts.sys.readFile)
  if (error) {
    throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"))
  }
  return ts.parseJsonConfigFileContent(config, ts.sys, here)
}

/**
 * Typings say the same of both kinds of module; TypeScript wants them beside each, named alike.
 *
 * @param {string} path
 * @param {string} text
 */
function addModule(path, text) {
  files.set(path, withExtensions(text, "js"))
  if (path.endsWith(".d.ts")) {
    files.set(path.replace(/d\.ts$/, "d.cts"), withExtensions(text, "cjs"))
  }
}

/** @param {string} source */
function addCommonJs(source) {
  const { outputText } = ts.transpileModule(ts.sys.readFile(source) ?? "", {
    fileName: source,
    compilerOptions: { ...options, module: ts.ModuleKind.CommonJS },
  })
  const path = source.replace(options.rootDir ?? "", outDir()).replace(/tsx?$/, "cjs")
  files.set(path, withExtensions(outputText, "cjs"))
}

/**
 * Node and TypeScript's `node16` find a module by its whole name alone. No module of the source is a folder's index that
 * is imported by the folder's name.
 *
 * @param {string} text
 * @param {string} extension
 */
function withExtensions(text, extension) {
  return text.replace(/((?:from|import|require\()\s*)"(\.[^"]+)"/g, `$1"$2.${extension}"`)
}

function outDir() {
  return options.outDir ?? join(here, "dist")
}
