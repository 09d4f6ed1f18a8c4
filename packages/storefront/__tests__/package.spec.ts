import { execFileSync } from "node:child_process"
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { buildSync } from "esbuild"
import ts from "typescript"

/**
 * The package as npm packs it, unpacked into a shop that has React and nothing of Medusa. Without the network: real
 * installs are tried by `npm run test:storefront-installs`.
 */
describe("the storefront's package", () => {
  const NAME = "medusa-regional-payments-storefront"
  const source = join(__dirname, "..")
  const modules = join(source, "..", "..", "node_modules")
  const shop = mkdtempSync(join(tmpdir(), "storefront-package-"))
  const installed = join(shop, "node_modules", NAME)

  beforeAll(() => {
    execFileSync(process.execPath, [join(source, "build.mjs")])
    const npm = ["pack", "--ignore-scripts", "--pack-destination", shop, "--json"]
    const packed: unknown = JSON.parse(String(execFileSync("npm", npm, { cwd: source })))
    const [tarball] = JSON.stringify(packed).match(/medusa-[\w.-]+\.tgz/) ?? []
    mkdirSync(installed, { recursive: true })
    const tar = ["-xzf", join(shop, tarball ?? ""), "-C", installed, "--strip-components=1"]
    execFileSync("tar", tar)
    for (const name of [
      "qrcode-generator",
      "react",
      "react-dom",
      "scheduler",
      "loose-envify",
      "js-tokens",
      "@types/react",
      "@types/prop-types",
      "csstype",
    ]) {
      const link = join(shop, "node_modules", name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(modules, name), link)
    }
  })

  afterAll(() => {
    rmSync(shop, { recursive: true, force: true })
  })

  const filesOf = (folder: string) => readdirSync(folder, { recursive: true }).map(String)

  it("holds what is built, its stylesheet and its licence, and no source or test", () => {
    const files = filesOf(installed).filter((file) => !file.startsWith("dist"))
    expect(files.sort()).toEqual(["LICENSE", "README.md", "package.json", "styles.css"])
    expect(
      filesOf(join(installed, "dist")).filter((file) =>
        /test|\.tsx?$/.test(file.replace(/\.d\.ts$/, ""))
      )
    ).toEqual([])
  })

  it("asks for React and a QR code, and nothing else, in what runs and in its typings", () => {
    const folder = join(installed, "dist")
    const wanted = new Set<string>()
    for (const file of filesOf(folder).filter((name) => /\.(js|cjs|ts|cts)$/.test(name))) {
      const text = readFileSync(join(folder, file), "utf8")
      for (const [, name] of text.matchAll(
        /^(?:import|export|const|var)\b[^"\n]*?(?:from |require\()"([^"]+)"/gm
      )) {
        if (!name?.startsWith(".")) {
          wanted.add(name ?? "")
        }
      }
      expect(text).not.toMatch(/"@medusajs|"node:|NodeJS\.|\bBuffer\b/)
    }
    expect([...wanted].sort()).toEqual(["qrcode-generator", "react", "react/jsx-runtime"])
  })

  it("tells Next.js that the components run in the browser", () => {
    for (const file of ["index.js", "index.cjs"]) {
      const text = readFileSync(join(installed, "dist", "react", file), "utf8")
      expect(text).toMatch(/^("use strict";\n)?"use client";\n/)
    }
  })

  describe("read by TypeScript, with every typing checked but TypeScript's own", () => {
    const consumer = `
      import { completeCheckout, createStoreFetch, leaveFor, nextAction, qrSvg, waitForPayment, CheckoutError } from "${NAME}"
      import type { CheckoutResult, NextAction, PaymentState, StoreFetch } from "${NAME}"
      import { createElement } from "react"
      import { PaymentAction, PaymentResult, usePayment } from "${NAME}/react"
      import { en, ur, type PaymentWords } from "${NAME}/words"

      const storeFetch: StoreFetch = createStoreFetch({ baseUrl: "", publishableKey: "pk" })
      export const action: NextAction = nextAction({ data: null })
      if (action.type === "redirect") leaveFor(action, document)
      export const state: Promise<PaymentState> = waitForPayment(storeFetch, "payses_1")
      export const result: Promise<CheckoutResult> = completeCheckout(storeFetch, "cart_1")
      export const words: PaymentWords = { ...ur, openPage: qrSvg("x"), lang: en.lang }
      export const isOurs = (error: unknown) => error instanceof CheckoutError && error.code === "cart_changed"
      export function Page() {
        const { payment, askAgain } = usePayment({ storeFetch, cartId: "cart_1" })
        const result = createElement(PaymentResult, { payment, askAgain, words })
        return [result, createElement(PaymentAction, { session: null })]
      }
      // @ts-expect-error no such state
      export const wrong: PaymentState = "danced"
    `
    const { ModuleKind, ModuleResolutionKind } = ts
    const readers = {
      "a bundler": [ModuleKind.ESNext, ModuleResolutionKind.Bundler, "ts"],
      "node16, as an ES module": [ModuleKind.Node16, ModuleResolutionKind.Node16, "mts"],
      "node16, as CommonJS": [ModuleKind.Node16, ModuleResolutionKind.Node16, "cts"],
      nodenext: [ModuleKind.NodeNext, ModuleResolutionKind.NodeNext, "mts"],
      "node10, as the Next.js starter does": [ModuleKind.ESNext, ModuleResolutionKind.Node10, "ts"],
    } as const
    const libraries = new Map<string, ts.SourceFile | undefined>()

    it.each(Object.entries(readers))("by %s", (_name, [module, moduleResolution, extension]) => {
      const file = join(shop, `page.${extension}`)
      writeFileSync(file, consumer)
      const options: ts.CompilerOptions = {
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
        types: [],
        strict: true,
        skipLibCheck: false,
        skipDefaultLibCheck: true,
        noEmit: true,
        preserveSymlinks: true,
        module,
        moduleResolution,
      }
      const host = ts.createCompilerHost(options)
      const read = host.getSourceFile.bind(host)
      host.getSourceFile = (path, ...rest) => {
        if (!/lib\.[\w.]+\.d\.ts$/.test(path)) {
          return read(path, ...rest)
        }
        const known = libraries.get(path) ?? read(path, ...rest)
        libraries.set(path, known)
        return known
      }
      const program = ts.createProgram([file], options, host)
      const problems = ts.getPreEmitDiagnostics(program)
      expect(ts.formatDiagnostics(problems, host)).toBe("")
      const fromMedusa = program
        .getSourceFiles()
        .filter((one) => one.fileName.includes("@medusajs"))
      expect(fromMedusa).toEqual([])
    })
  })

  it.each([
    [
      "import",
      `const p = await import("${NAME}"), r = await import("${NAME}/react"), w = await import("${NAME}/words")`,
    ],
    [
      "require",
      `const { createRequire } = await import("node:module"); const q = createRequire(${JSON.stringify("file://" + join(shop, "x.js"))}); const p = q("${NAME}"), r = q("${NAME}/react"), w = q("${NAME}/words")`,
    ],
  ])("runs in Node by %s", (_kind, load) => {
    const script = `${load}; console.log([p.qrSvg("x").slice(0, 4), typeof r.usePayment, w.km.lang].join())`
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: shop })
    expect(String(out).trim()).toBe("<svg,function,km")
  })

  describe("in a shop's bundle", () => {
    /** In bytes, minified and compressed as a browser loads it; React is the shop's own. */
    function sizeOf(code: string): number {
      const { outputFiles } = buildSync({
        stdin: { contents: code, resolveDir: shop, loader: "js" },
        bundle: true,
        minify: true,
        write: false,
        format: "esm",
        platform: "browser",
        external: ["react", "react/jsx-runtime"],
        logLevel: "silent",
      })
      return gzipSync(outputFiles[0]?.contents ?? new Uint8Array()).length
    }
    const of = (name: string, from = "") => sizeOf(`export { ${name} } from "${NAME}${from}"`)

    it("costs what is used of it, and no more", () => {
      const sizes = {
        nextAction: of("nextAction"),
        leaveFor: of("leaveFor"),
        waitForPayment: of("waitForPayment"),
        completeCheckout: of("completeCheckout"),
        qrSvg: of("qrSvg"),
        "all functions": sizeOf(`export * from "${NAME}"`),
        "one language": of("hr", "/words"),
        "<PaymentAction>": of("PaymentAction", "/react"),
        usePayment: of("usePayment", "/react"),
        "all of React": sizeOf(`export * from "${NAME}/react"`),
      }
      console.info(
        Object.entries(sizes)
          .map(([name, bytes]) => `${name.padEnd(18)}${String(bytes).padStart(7)} bytes`)
          .join("\n")
      )
      expect(sizes.nextAction).toBeLessThan(550)
      expect(sizes.leaveFor).toBeLessThan(350)
      expect(sizes.waitForPayment).toBeLessThan(1_500)
      expect(sizes.completeCheckout).toBeLessThan(3_000)
      expect(sizes["all functions"]).toBeLessThan(13_000)
      expect(sizes["all of React"]).toBeLessThan(16_000)
      expect(sizes.usePayment).toBeLessThan(sizes["all of React"] / 2)
    })

    it("leaves out the words of other languages, and the QR code where none is drawn", () => {
      const texts = (code: string) =>
        String(
          buildSync({
            stdin: { contents: code, resolveDir: shop, loader: "js" },
            bundle: true,
            write: false,
            external: ["react", "react/jsx-runtime"],
          }).outputFiles[0]?.text
        )
      expect(texts(`export { PaymentResult } from "${NAME}/react"`)).not.toContain("Plaćate")
      expect(texts(`export { usePayment } from "${NAME}/react"`)).not.toContain("createSvgTag")
      expect(texts(`export { nextAction } from "${NAME}"`)).not.toContain("refresh")
    })
  })
})
