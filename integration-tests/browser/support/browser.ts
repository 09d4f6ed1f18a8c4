import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "playwright-core"
import { chromiumProgram } from "./chromium"
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
 * Debian's Chromium, without a window; see `chromium.ts`.
 *
 * @param video what the camera shows; a green picture with a clock where there is none
 */
export async function openBrowser(video?: string): Promise<Browser> {
  return await chromium.launch({
    executablePath: chromiumProgram(),
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

type Shop = Pick<BrowserShop, "dashboard" | "email" | "password">

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

/** A browser profile for somebody who uses the dashboard. */
export async function dashboardProfile(browser: Browser, shop: Shop): Promise<BrowserContext> {
  return await newProfile(browser, { baseURL: new URL(shop.dashboard).origin })
}

/**
 * A page of the dashboard where somebody is logged in, in a browser profile of their own, or in one that nobody uses
 * and that is empty. Open one with `page.goto("/app/orders")`.
 */
export async function logIn(
  profile: BrowserContext,
  shop: Shop,
  { viewport = "wide", theme = "light", language = "en", account = shop }: Visitor = {}
): Promise<Page> {
  const { hostname } = new URL(shop.dashboard)
  await profile.addCookies([{ name: "lng", value: language, domain: hostname, path: "/" }])
  const { email, password } = account
  const login = await profile.request.post("/auth/user/emailpass", { data: { email, password } })
  const { token } = (await login.json()) as { token?: string }
  const session = await profile.request.post("/auth/session", {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!session.ok()) throw new Error(`${email} could not log in: ${await session.text()}`)
  const page = await profile.newPage()
  await page.setViewportSize(VIEWPORTS[viewport])
  await page.emulateMedia({ colorScheme: theme })
  return page
}

/**
 * Closes a profile's pages and empties it for somebody else: of the one before only the files stay that never change,
 * the dashboard's own. Medusa packs two megabytes of them anew for each new profile.
 */
export async function emptyProfile(profile: BrowserContext, shop: Shop): Promise<void> {
  for (const page of profile.pages()) await page.close()
  await profile.clearCookies()
  const page = await profile.newPage()
  const session = await profile.newCDPSession(page)
  await session.send("Storage.clearDataForOrigin", {
    origin: new URL(shop.dashboard).origin,
    storageTypes: "local_storage,indexeddb,cache_storage,service_workers",
  })
  await page.close()
}
