import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { paymentOptions, payoutProviderOptions } from "./option-tables"
import type { Known, Route } from "./problems"

export const root = join(__dirname, "../..")

/** What the docs may name, read from the code and the package. */
export function known(): Known {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 10_000_000,
  })
    .trim()
    .split("\n")
  const code = files
    .filter((file) =>
      /^(?:src|integration-tests|demo|benchmarks)\/.*\.(?:ts|tsx|mjs|cjs|js)$/.test(file)
    )
    .filter((file) => !file.startsWith("integration-tests/docs/"))
    .concat("package.json", "jest.config.js", "medusa-config.ts")
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n")
  return {
    files,
    words: new Set(code.match(/\w+/g)),
    texts: new Set([...code.matchAll(/["'`]([^"'`\n]{1,80})["'`]/g)].map(([, text]) => text ?? "")),
    commands: scripts(),
    routes: [...routesBelow(join(root, "src/api")), ...routesBelow(join(root, medusaApi))],
    options: {
      providers: keysOfEach(paymentOptions),
      "payout-providers": keysOfEach(payoutProviderOptions),
    },
  }
}

const medusaApi = "node_modules/@medusajs/medusa/dist/api"

function scripts(): string[] {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")))
  return Object.keys(scripts)
}

function keysOfEach(objects: Readonly<Record<string, object>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(objects).map(([name, object]) => [name, Object.keys(object)])
  )
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const

function routesBelow(folder: string): Route[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(?:^|\/)route\.[jt]s$/.test(file))
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8")
      return {
        path: `/${file.replace(/\/?route\.[jt]s$/, "")}`,
        methods: methods.filter((method) =>
          new RegExp(
            `export (?:const|async function|function) ${method}\\b|exports\\.${method} =|export \\{[^}]*\\b${method}\\b`
          ).test(text)
        ),
      }
    })
}
