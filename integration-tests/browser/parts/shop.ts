import { readFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createRequire } from "node:module"
import { join } from "node:path"
import { buildSync, type BuildOptions } from "esbuild"

type State = "pending" | "paid" | "failed" | "expired"

const STYLES = readFileSync(join(__dirname, "../../../packages/storefront/styles.css"), "utf8")
export const SESSION_ID = "payses_01ARZ3NDEKTSV4RRFFQ69G5FAV"
export const REFERENCE = "01ARZ3NDEKTSV4RRFFQ69G5FAV0"

/**
 * A shop of one cart, with the store's three routes and a gateway that leads nobody back: enough for the storefront's
 * parts, which are rendered on this server and taken over in the browser. The cart is in a cookie.
 */
export class PartsShop {
  state: State = "pending"
  /** What the session says to do next. */
  action: object = { type: "redirect", url: "" }
  /** How often an order was made. */
  orders = 0
  private readonly server: Server
  private readonly script = bundle("browser.tsx", { platform: "browser", format: "iife" })
  private readonly render: (props: object) => string

  private constructor() {
    const loaded: { exports: { render?: (props: object) => string } } = { exports: {} }
    new Function("require", "module", serverScript())(createRequire(__filename), loaded)
    const { render } = loaded.exports
    if (!render) throw new Error("The page's server exports no render")
    this.render = render
    this.server = createServer((request, response) => this.answer(request, response))
  }

  static async open(): Promise<PartsShop> {
    const shop = new PartsShop()
    await new Promise<void>((resolve) => shop.server.listen(0, "127.0.0.1", resolve))
    shop.reset()
    return shop
  }

  get url(): string {
    const address = this.server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  }

  reset(): void {
    this.state = "pending"
    this.orders = 0
    this.action = { type: "redirect", url: `${this.url}/gateway` }
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", this.url)
    const json = (body: object, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    const html = (body: string) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(body)
    const cart = "/store/carts/cart_1"
    switch (`${request.method} ${url.pathname}`) {
      case "GET /payment":
        return void html(this.page(url, /cart=cart_1/.test(request.headers.cookie ?? "")))
      case "GET /page.js":
        return void response.end(this.script)
      case "GET /gateway":
        return void html(gatewayPage)
      case "POST /gateway":
        this.state = "paid"
        return void html("<title>Paid</title><h1>Thank you</h1>")
      case "GET /orders/order_1":
        return void html("<title>Order</title><h1>Your order</h1>")
      case `GET ${cart}`:
        return void json({ cart: this.cart() })
      case `POST /store/payment-sessions/${SESSION_ID}/refresh`:
        return void json({ payment_session: { id: SESSION_ID, state: this.state } })
      case `POST ${cart}/complete`:
        this.orders = 1
        return void json({ type: "order", order: { id: "order_1" } })
      default:
        return void json({ message: "There is nothing" }, 404)
    }
  }

  private cart() {
    const payment_sessions = [this.session()]
    return {
      id: "cart_1",
      total: 12.5,
      completed_at: this.orders > 0 ? "2030-01-01T00:00:00.000Z" : null,
      payment_collection: { payment_sessions },
    }
  }

  private session() {
    return {
      id: SESSION_ID,
      provider_id: "pp_acme_acme",
      amount: 12.5,
      currency_code: "usd",
      data: { next_action: this.action },
    }
  }

  private page(url: URL, hasCart: boolean): string {
    const lang = url.searchParams.get("lang") ?? "en"
    const props = {
      cartId: hasCart ? "cart_1" : null,
      session: hasCart && this.orders === 0 ? this.session() : null,
      query: url.search,
      lang,
      opensBeside: true,
    }
    return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payment</title><link rel="icon" href="data:,"><style>body { margin: 1rem; font-family: sans-serif }
${STYLES}</style></head>
<body><div id="root">${this.render(props)}</div>
<script id="props" type="application/json">${JSON.stringify(props)}</script><script src="/page.js"></script></body></html>`
  }
}

const gatewayPage = `<!doctype html><title>Gateway</title>
<meta name="viewport" content="width=device-width"><form method="post"><button>Pay</button></form>`

function serverScript(): string {
  return bundle("server.tsx", {
    platform: "node",
    format: "cjs",
    external: ["react", "react-dom", "react/jsx-runtime"],
  })
}

function bundle(entry: string, options: BuildOptions): string {
  const { outputFiles } = buildSync({
    ...options,
    entryPoints: [join(__dirname, entry)],
    bundle: true,
    write: false,
    jsx: "automatic",
    // React tells of what it had to mend in the server's page in its development build alone.
    define: { "process.env.NODE_ENV": '"development"' },
  })
  return outputFiles?.[0]?.text ?? ""
}
