import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core"
import { EXECUTABLE } from "./chromium"
import type { BrowserShop } from "./shop"

/** Of the two widths at which every page is looked at: a laptop's and a phone's, in CSS pixels. */
export const VIEWPORTS = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 390, height: 844 },
} as const

export type Theme = "light" | "dark"

export type Visitor = {
  readonly viewport?: keyof typeof VIEWPORTS
  readonly theme?: Theme
  /** A language of the dashboard, such as "hr". */
  readonly language?: string
  /** Somebody else than the shop's first admin. */
  readonly account?: { readonly email: string; readonly password: string }
}

/**
 * Debian's Chromium, without a window.
 *
 * @param video what the camera shows; a green picture with a clock where there is none
 */
export async function openBrowser(video?: string): Promise<Browser> {
  return await chromium.launch({
    executablePath: EXECUTABLE,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      ...(video === undefined ? [] : [`--use-file-for-fake-video-capture=${video}`]),
    ],
  })
}

/** Longer than anything takes that comes at all, on a busy machine too; in milliseconds. */
const patienceMs = 120_000

/** A browser profile of its own, whose pages wait for what has to come. */
export async function newProfile(
  browser: Browser,
  options: BrowserContextOptions
): Promise<BrowserContext> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(patienceMs)
  return context
}

/**
 * A page of the dashboard where somebody is logged in, with a browser profile of its own. Open one with
 * `page.goto("/app/orders")`.
 */
export async function logIn(
  browser: Browser,
  shop: Pick<BrowserShop, "dashboard" | "email" | "password">,
  { viewport = "wide", theme = "light", language = "en", account = shop }: Visitor = {}
): Promise<Page> {
  const { origin, hostname } = new URL(shop.dashboard)
  const context = await newProfile(browser, {
    baseURL: origin,
    viewport: VIEWPORTS[viewport],
    colorScheme: theme,
  })
  await context.addCookies([{ name: "lng", value: language, domain: hostname, path: "/" }])
  const { email, password } = account
  const login = await context.request.post("/auth/user/emailpass", { data: { email, password } })
  const { token } = (await login.json()) as { token?: string }
  const session = await context.request.post("/auth/session", {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!session.ok()) throw new Error(`${email} could not log in: ${await session.text()}`)
  return await context.newPage()
}
