/**
 * npm run test:storefront-installs
 *
 * Packs this package and installs it with plain `npm i` into real shops, from npm's registry: Vite with React 19, Vite with
 * React 18, and Next 15. Each is built; what the install brought is printed, and anything of Medusa's is a failure.
 * Next is started, too: its server must write the QR code into the page, and Chromium must find nothing to mend in it.
 */
import { execFileSync, spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { chromium } from "playwright-core"

const here = fileURLToPath(new URL(".", import.meta.url))
const NAME = "medusa-regional-payments-storefront"
const folder = mkdtempSync(join(tmpdir(), "storefront-installs-"))

const session = {
  id: "payses_1",
  provider_id: "pp_kess_kess",
  amount: 12.5,
  currency_code: "usd",
  data: {
    next_action: {
      type: "qr_code",
      value: "weixin://wxpay/1",
      expires_at: "2030-01-02T03:04:05.000Z",
    },
  },
}

/** What the store answers to whatever is asked: the cart, and that its payment is not made yet. */
const answers = {
  cart: {
    id: "cart_1",
    total: session.amount,
    completed_at: null,
    payment_collection: { payment_sessions: [session] },
  },
  payment_session: { id: session.id, state: "pending" },
}

const payment = `
import { useMemo } from "react"
import { createStoreFetch } from "${NAME}"
import { PaymentResult, usePayment } from "${NAME}/react"
import { ur } from "${NAME}/words"
import "${NAME}/styles.css"

const session = ${JSON.stringify(session)}

export function Payment() {
  const storeFetch = useMemo(() => createStoreFetch({ baseUrl: "", publishableKey: "pk" }), [])
  const { payment, askAgain } = usePayment({ storeFetch, cartId: "cart_1", session })
  return <PaymentResult payment={payment} askAgain={askAgain} words={ur} otherWay="/checkout" />
}
`

/** @param {string} moduleResolution */
const tsconfig = (moduleResolution) =>
  JSON.stringify({
    compilerOptions: {
      target: "ES2020",
      lib: ["ES2022", "DOM", "DOM.Iterable"],
      module: "ESNext",
      moduleResolution,
      jsx: "preserve",
      strict: true,
      noEmit: true,
      esModuleInterop: true,
      isolatedModules: true,
      skipLibCheck: true,
    },
    include: ["**/*.ts", "**/*.tsx"],
    exclude: ["node_modules"],
  })

/** @param {number} react its major version */
const vite = (react) => ({
  packages: [`react@${react}`, `react-dom@${react}`, "vite@7", "typescript@5.9"].concat([
    `@types/react@${react}`,
    `@types/react-dom@${react}`,
    "@vitejs/plugin-react@5",
  ]),
  files: {
    "tsconfig.json": tsconfig("bundler"),
    "index.html": '<div id="root"></div><script type="module" src="/main.tsx"></script>',
    "css.d.ts": 'declare module "*.css"',
    "payment.tsx": payment,
    "main.tsx":
      'import { createRoot } from "react-dom/client"\nimport { Payment } from "./payment"\n' +
      'createRoot(document.getElementById("root")!).render(<Payment />)',
  },
  build: [
    ["typescript/bin/tsc", "-p", "."],
    ["vite/bin/vite.js", "build"],
  ],
})

/** @type {Record<string, { packages: string[], files: Record<string, string>, build: string[][], look?: (shop: string) => Promise<void> }>} */
const shops = {
  "Vite with React 19": vite(19),
  "Vite with React 18": vite(18),
  "Next 15 with React 19": {
    packages: ["next@15", "react@19", "react-dom@19", "typescript@5.9"].concat([
      "@types/react@19",
      "@types/node@20",
    ]),
    files: {
      "tsconfig.json": tsconfig("node"),
      "app/layout.tsx":
        "export default function Layout({ children }: { children: React.ReactNode }) {\n" +
        '  return <html lang="ur" dir="rtl"><body>{children}</body></html>\n}',
      "app/page.tsx":
        'import { Payment } from "./payment"\nexport default function Page() { return <Payment /> }',
      "app/payment.tsx": `"use client"\n${payment}`,
    },
    build: [["next/dist/bin/next", "build"]],
    look: lookAtNext,
  },
}

try {
  const tarball = pack()
  for (const [name, shop] of Object.entries(shops)) {
    await tryIn(name, shop, tarball)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function pack() {
  execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: here, stdio: "ignore" })
  const [tarball = ""] = readdirSync(folder)
  return join(folder, tarball)
}

/**
 * @param {string} name
 * @param {(typeof shops)[string]} shop
 * @param {string} tarball
 */
async function tryIn(name, { packages, files, build, look }, tarball) {
  const shop = join(folder, name.replaceAll(" ", "-"))
  for (const [file, text] of Object.entries({
    ...files,
    "package.json": JSON.stringify({ name: "shop", private: true, type: "module" }),
  })) {
    mkdirSync(dirname(join(shop, file)), { recursive: true })
    writeFileSync(join(shop, file), text)
  }
  const npm = (/** @type {string[]} */ ...args) =>
    execFileSync("npm", ["i", "--no-audit", "--no-fund", ...args], { cwd: shop, stdio: "pipe" })
  npm(...packages)
  const before = sizeOf(shop)
  npm(tarball)
  const after = sizeOf(shop)
  const medusa = after.names.filter((path) => path.startsWith("@medusajs"))
  if (medusa.length > 0) throw new Error(`${name}: the install brought ${medusa.join(", ")}`)
  const brought = after.names.filter((path) => !before.names.includes(path))
  const kilobytes = Math.round((after.bytes - before.bytes) / 1024)
  console.log(`${name}: ${brought.join(", ")}; ${kilobytes} kB on disk`)
  for (const [script = "", ...args] of build) {
    execFileSync(process.execPath, [join(shop, "node_modules", script), ...args], {
      cwd: shop,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    })
  }
  await look?.(shop)
  console.log(`${name}: built`)
}

/** @param {string} shop */
function sizeOf(shop) {
  const modules = join(shop, "node_modules")
  const names = readdirSync(modules)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(modules, name)).map((one) => `${name}/${one}`) : name
    )
  const bytes = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  return { names, bytes }
}

/** @param {string} shop */
async function lookAtNext(shop) {
  const port = await freePort()
  const next = join(shop, "node_modules/next/dist/bin/next")
  const server = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: shop,
    stdio: "ignore",
  })
  const url = `http://127.0.0.1:${port}/`
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  })
  try {
    const html = await answerOf(url)
    if (!html.includes('role="img"')) throw new Error("Next's server wrote no QR code")
    const page = await browser.newPage({
      viewport: { width: 390, height: 844 },
      timezoneId: "Asia/Karachi",
    })
    /** @type {string[]} */
    const said = []
    page.on("console", (message) => {
      const isFault = message.type() === "error" && !message.location().url.endsWith("/favicon.ico")
      if (isFault) said.push(message.text())
    })
    page.on("pageerror", (error) => said.push(String(error)))
    await page.route("**/store/**", (route) => route.fulfill({ json: answers }))
    await page.goto(url)
    await page.locator("time:visible").waitFor()
    if (said.length > 0) throw new Error(`Next's page complains:\n${said.join("\n")}`)
  } finally {
    await browser.close()
    server.kill()
  }
}

/** @param {string} url @returns {Promise<string>} */
async function answerOf(url) {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return await answer.text()
    await sleep(200)
  }
  throw new Error(`${url} does not answer`)
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === "string") throw new Error("There is no free port")
  return address.port
}
